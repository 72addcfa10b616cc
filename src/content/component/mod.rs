//! The fenced components of a lesson: blocks of YAML between three backticks, one kind each.

pub mod quiz;
pub mod spoken;
pub mod tree;

use crate::config;
use crate::content::markdown::{Extent, Fence, Fragment, Origin, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::place::{Located, Place};
use crate::source::Source;
use crate::yaml::{Document, Value};

use quiz::Quiz;
use tree::Tree;

/// The names of fenced blocks that are components and not code.
pub const NAMES: &[&str] = &["breathe", "reply", "wins", "quiz", "reflect", "plan", "compare", "path"];

/// A component with its values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    /// A rhythm to breathe by.
    Breathe(Rhythm),
    /// A reply, by its slug.
    Reply(Located<String>),
    /// The newest wins.
    Wins(WinList),
    /// A question with options.
    Quiz(Quiz),
    /// Something to write about.
    Reflect(Reflection),
    /// An if-then plan.
    Plan(Plan),
    /// A good and a poor example.
    Compare(Comparison),
    /// The tree of `path.yaml`.
    PathOfGuide(Located<()>),
    /// A tree of its own.
    Path(Tree),
}

/// How to breathe; in counts of about a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rhythm {
    /// Counts while breathing in.
    pub inhale: u32,
    /// Counts while holding; 0 leaves the hold out.
    pub hold: u32,
    /// Counts while breathing out.
    pub exhale: u32,
    /// How often.
    pub cycles: u32,
}

impl Default for Rhythm {
    /// In for 4, hold for 2, out for 4, six times: one minute, as in the article that this guide grew from.
    fn default() -> Rhythm {
        Rhythm { inhale: 4, hold: 2, exhale: 4, cycles: 6 }
    }
}

/// Which wins to show.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WinList {
    /// Only wins with this tag.
    pub tag: Option<Located<String>>,
    /// How many at the most.
    pub limit: usize,
}

/// A question for the reader alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reflection {
    /// Unique in the lesson.
    pub id: String,
    /// The question.
    pub prompt: String,
}

/// If this, then I do that.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// The situation, without the word if.
    pub situation: String,
    /// The act, without the word then.
    pub act: String,
}

/// Two examples side by side.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// How not to do it.
    pub poor: Fragment,
    /// How to do it.
    pub good: Fragment,
    /// What makes the difference; may be empty.
    pub because: Fragment,
}

/// Reads the components of a text. One that cannot be read is reported and shown as nothing.
pub fn read_all(writer: &mut Writer<'_>, source: &Source) -> Vec<Option<Component>> {
    let fences = std::mem::take(&mut writer.fences);
    let mut components: Vec<Option<Component>> = Vec::with_capacity(fences.len());
    for fence in &fences {
        let component = read(writer, source, fence);
        if let Some(Component::Reflect(reflection)) = &component {
            report_repeated_id(writer, source, fence, &components, reflection);
        }
        components.push(component);
    }
    components
}

fn read(writer: &mut Writer<'_>, source: &Source, fence: &Fence) -> Option<Component> {
    let Some(content) = fence.content else {
        writer.found.push(
            Diagnostic::new(
                Code::ComponentInvalid,
                &source.path,
                fence.head,
                format!("`{}` stands inside a list or a quote", fence.name),
            )
            .help("begin its three backticks at the start of a line, outside of lists and quotes"),
        );
        return None;
    };
    let document = match Document::parse(source, content) {
        Ok(document) => document,
        Err(found) => {
            writer.found.push(*found);
            return None;
        }
    };
    let component = match fence.name.as_str() {
        "breathe" => read_rhythm(document.root()).map(Component::Breathe),
        "reply" => read_reply(document.root()).map(Component::Reply),
        "wins" => read_wins(document.root()).map(Component::Wins),
        "quiz" => Quiz::read(document.root(), writer).map(Component::Quiz),
        "reflect" => read_reflection(document.root()).map(Component::Reflect),
        "plan" => read_plan(document.root()).map(Component::Plan),
        "compare" => read_comparison(document.root(), writer).map(Component::Compare),
        "path" => read_path(document.root()),
        name => unreachable!("`{name}` is in NAMES and has no reader"),
    };
    writer.found.extend(document.finish());
    component
}

impl Component {
    /// The name that authors write.
    pub fn name(&self) -> &'static str {
        match self {
            Component::Breathe(_) => "breathe",
            Component::Reply(_) => "reply",
            Component::Wins(_) => "wins",
            Component::Quiz(_) => "quiz",
            Component::Reflect(_) => "reflect",
            Component::Plan(_) => "plan",
            Component::Compare(_) => "compare",
            Component::Path(_) | Component::PathOfGuide(_) => "path",
        }
    }
}

/// Every value has a default, so an empty block is a rhythm too.
fn read_rhythm(value: Value<'_>) -> Option<Rhythm> {
    let mut rhythm = Rhythm::default();
    if value.is_empty() {
        return Some(rhythm);
    }
    let map = value.map()?;
    // 20 seconds for one part and 60 breaths are more than anybody should be led to.
    for (key, count, range) in [
        ("inhale", &mut rhythm.inhale, 1..=20),
        ("hold", &mut rhythm.hold, 0..=20),
        ("exhale", &mut rhythm.exhale, 1..=20),
        ("cycles", &mut rhythm.cycles, 1..=60),
    ] {
        if let Some(number) = map.get(key).and_then(|value| value.number(range)) {
            *count = u32::try_from(number).expect("in range, so small");
        }
    }
    map.done();
    Some(rhythm)
}

fn read_reply(value: Value<'_>) -> Option<Located<String>> {
    let map = value.map()?;
    let slug = map.required("use").and_then(|slug| Located::text(&slug));
    map.done();
    slug
}

fn read_wins(value: Value<'_>) -> Option<WinList> {
    let mut list = WinList { tag: None, limit: 3 };
    if value.is_empty() {
        return Some(list);
    }
    let map = value.map()?;
    list.tag = map.get("tag").and_then(|tag| Located::text(&tag));
    if let Some(limit) = map.get("limit").and_then(|limit| limit.number(1..=100)) {
        list.limit = usize::try_from(limit).expect("in range, so never negative");
    }
    map.done();
    Some(list)
}

fn read_reflection(value: Value<'_>) -> Option<Reflection> {
    let map = value.map()?;
    let id = map.get("id").map(|id| config::slug(&id));
    let prompt = map.required("prompt").and_then(|prompt| prompt.text());
    map.done();
    let id = id.unwrap_or_else(|| Some("reflect".to_owned()))?;
    Some(Reflection { id, prompt: prompt? })
}

fn report_repeated_id(
    writer: &mut Writer<'_>,
    source: &Source,
    fence: &Fence,
    earlier: &[Option<Component>],
    reflection: &Reflection,
) {
    let same = |component: &Option<Component>| match component {
        Some(Component::Reflect(other)) => other.id == reflection.id,
        _ => false,
    };
    if earlier.iter().any(same) {
        writer.found.push(
            Diagnostic::new(
                Code::ComponentInvalid,
                &source.path,
                fence.head,
                format!("two `reflect` blocks of this page have the id `{}`", reflection.id),
            )
            .help("give each its own, such as `id: last-no`, so that a note stays with its question"),
        );
    }
}

fn read_plan(value: Value<'_>) -> Option<Plan> {
    let map = value.map()?;
    let situation = map.required("if").and_then(|text| text.text());
    let act = map.required("then").and_then(|text| text.text());
    map.done();
    let bare = |text: String, word: &str| match text.split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case(word) => rest.to_owned(),
        _ => text,
    };
    Some(Plan { situation: bare(situation?, "if"), act: bare(act?, "then") })
}

fn read_comparison(value: Value<'_>, writer: &mut Writer<'_>) -> Option<Comparison> {
    let map = value.map()?;
    let poor = map.required("poor").and_then(|poor| markdown(&poor, writer, Extent::Block));
    let good = map.required("good").and_then(|good| markdown(&good, writer, Extent::Block));
    let because = map.get("because").and_then(|because| markdown(&because, writer, Extent::Block));
    map.done();
    Some(Comparison { poor: poor?, good: good?, because: because.unwrap_or_default() })
}

fn read_path(value: Value<'_>) -> Option<Component> {
    let map = value.map()?;
    let Some(used) = map.get("use") else {
        return Tree::read(&map).map(|tree| {
            map.done();
            Component::Path(tree)
        });
    };
    let place = Place::of(&used);
    used.one_of(&["path"])?;
    map.done();
    Some(Component::PathOfGuide(Located::new((), place)))
}

/// The Markdown of a YAML value as HTML.
fn markdown(value: &Value<'_>, writer: &mut Writer<'_>, extent: Extent) -> Option<Fragment> {
    let text = value.text()?;
    Some(writer.write(&text, Origin::Value(Place::of(value)), extent, ""))
}
