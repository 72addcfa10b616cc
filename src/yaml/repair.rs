//! What is said of a block that cannot be read: which line it is, and where possible the same line as it should be.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::yaml::node::read;

/// What is said of a block that cannot be read: the line, and where possible the same line as it should be.
pub(super) fn failure(source: &Source, block: Span, error: &serde_yaml::Error) -> Diagnostic {
    let text = source.slice(block);
    let offset = error.location().map_or(0, |location| location.index()).min(text.len());
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);

    let mut diagnostic =
        Diagnostic::new(Code::YamlInvalid, &source.path, line_at(text, offset).shifted(block.start), "");
    if let Some((line, corrected, wrong)) = corrected_line(text, offset) {
        diagnostic.span = Some(line.shifted(block.start));
        diagnostic.message = wrong.to_owned();
        return diagnostic.help(format!("write it so:\n{corrected}"));
    }
    if let Some(tab) = text.find("\n\t").map(|newline| newline + 1).or(text.starts_with('\t').then_some(0)) {
        diagnostic.span = Some(Span::new(tab, tab + 1).shifted(block.start));
        diagnostic.message = "this line begins with a tab".to_owned();
        return diagnostic.help("use spaces instead");
    }
    let (message, help) = match said {
        said if said.contains("more than one document") => {
            ("`---` begins a second part here", "keep one part, or split the file in two")
        }
        said if said.contains("repetition limit") || said.contains("recursion limit") => {
            ("this repeats or nests values too often", "write the values out, or leave some out")
        }
        said if said.contains("begins with `!`") => (said, "put quotes around it"),
        said if said.contains("unknown anchor") => {
            ("`*` at the start of a value means something else in YAML", "put quotes around the value")
        }
        _ => (
            "this line does not fit the lines around it",
            "begin it at the same place as the line above, and compare colon and quotes",
        ),
    };
    diagnostic.message = message.to_owned();
    diagnostic.help(help)
}

/// The longest block, in bytes, whose lines are tried out: each try reads it once more.
const LONGEST_REPAIRED: usize = 65_536;

/// Looks for a line that makes the block readable, or readable further on, once its value stands in quotes.
fn corrected_line(text: &str, offset: usize) -> Option<(Span, String, &'static str)> {
    // The parser often stops a line or more behind the cause.
    const LINES_BACK: usize = 8;
    let mut line = line_at(text, offset);
    if text.len() > LONGEST_REPAIRED {
        return None;
    }
    for _ in 0..LINES_BACK {
        for (corrected, wrong) in candidates(&text[line.start..line.end]) {
            let whole = format!("{}{corrected}{}", &text[..line.start], &text[line.end..]);
            let stops_at = match read(&whole) {
                Ok(_) => usize::MAX,
                Err(error) => error.location().map_or(0, |location| location.index()),
            };
            if stops_at > offset.max(line.end) + corrected.len() {
                return Some((line, corrected, wrong));
            }
        }
        let before = text[..line.start].strip_suffix('\n')?;
        line = line_at(text, before.len());
    }
    None
}

/// How a line may have been meant, and what is wrong with it then.
fn candidates(line: &str) -> Vec<(String, &'static str)> {
    let line = line.trim_end();
    let mut candidates = Vec::new();
    if let Some((key, value)) = line.split_once(':')
        && !value.is_empty()
        && !value.starts_with([' ', '/'])
        && key.trim_start_matches(['-', ' ']).bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        candidates.push((format!("{key}: {value}"), "a space is missing behind the colon"));
    }
    let value = line.split_once(": ").map_or(line, |(_, value)| value).trim();
    let before = &line[..line.len() - value.len()];
    if let Some(inside) = value.strip_prefix(['“', '„', '”']).and_then(|rest| rest.strip_suffix(['”', '“']))
    {
        candidates.push((format!("{before}{}", quoted(inside)), "these quotes are curly"));
    }
    let inside = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    if let Some(inside) = inside.filter(|inside| inside.contains('\'')) {
        candidates.push((format!("{before}{}", quoted(inside)), "an apostrophe ends these quotes too early"));
    }
    for (start, end, wrong) in [
        ('"', "\"", "the quote at the end is missing"),
        ('\'', "'", "the quote at the end is missing"),
        ('[', "]", "the bracket at the end is missing"),
        ('{', " }", "the brace at the end is missing"),
    ] {
        if value.strip_prefix(start).is_some_and(|rest| !rest.contains(end.trim())) {
            candidates.push((format!("{line}{end}"), wrong));
        }
    }
    candidates
        .extend(with_quotes(line).map(|corrected| (corrected, "this line needs quotes around its value")));
    candidates
}

/// The line with its value in quotes, if it has the form `key: value` or `- value` and is not right already.
fn with_quotes(line: &str) -> Option<String> {
    let content = line.trim_start();
    let dash = content.len() - content.trim_start_matches("- ").len();
    let indent = line.len() - content.len();
    let item = &content[dash..];
    let key_end = item
        .find(": ")
        .filter(|end| item[..*end].chars().all(|c| c.is_alphanumeric() || "_- ".contains(c)))
        .map_or(0, |end| end + 2);
    if key_end == 0 && dash == 0 {
        return None;
    }
    let value = item[key_end..].trim();
    if value.is_empty() {
        return None;
    }
    if let Some(inside) = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let braces = format!("{{ {} }}", quoted_in_braces(inside)?);
        return Some(format!("{}{}{}{braces}", &line[..indent], &content[..dash], &item[..key_end]));
    }
    Some(format!("{}{}{}{}", &line[..indent], &content[..dash], &item[..key_end], quoted(value)))
}

/// What stands between braces, with quotes around every value that needs them: `{ say: Yes, but why?, go: why }`. A
/// key is a word with a colon behind a comma; all before the next one is the value.
fn quoted_in_braces(inside: &str) -> Option<String> {
    let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for part in inside.split(',') {
        match part.split_once(": ").filter(|(key, _)| word(key.trim())) {
            Some((key, value)) => pairs.push((key.trim(), value.trim().to_owned())),
            None => {
                let (_, value) = pairs.last_mut()?;
                value.push(',');
                value.push_str(part.trim_end());
            }
        }
    }
    let plain = |value: &str| {
        value.starts_with(|c: char| c.is_alphanumeric())
            && !value.contains(['[', ']', '{', '}', ',', '"', '#'])
            && !value.contains(": ")
    };
    let already = |value: &str| {
        value.len() > 1 && (value.starts_with('"') || value.starts_with('[')) && value.ends_with(['"', ']'])
    };
    let pair = |(key, value): &(&str, String)| match plain(value) || already(value) {
        true => format!("{key}: {value}"),
        false => format!("{key}: {}", quoted(value)),
    };
    Some(pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
}

/// A text as YAML in double quotes; in single quotes if it holds double ones or backslashes.
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// The line that an offset stands in, without its end.
pub(super) fn line_at(text: &str, offset: usize) -> Span {
    let offset = Span::new(offset, offset).clamped(text).start;
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline);
    Span::new(start, start + text[start..end].trim_end().len())
}
