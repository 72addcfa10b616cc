//! Replies for other programs: `replies/espanso.yml` for the text expander Espanso, `replies/text.csv` for spreadsheets and
//! tools that import tables, `replies/replies.json` for scripts;
//! and for the search, `replies/<slug>.desk.js`, a reply to fill in where it was found.

use std::fmt::Write as _;

use serde::Serialize;

use crate::address::Address;
use crate::content::message::{self, Pieces};
use crate::content::reply::Reply;
use crate::page::message::{placeholder_label, reason_label};
use crate::search::files::call;
use crate::site::Site;
use crate::theme::strings::Strings;

/// A match file of Espanso: what is typed, and a form for the gaps (espanso.org/docs/matches/forms). A trigger is the
/// reply's slug between colons, since Espanso takes the first that is complete: without the second colon `:thanks` would
/// stand in the way of `:thanks-by-sms`.
pub fn espanso(site: &Site, words: &Strings) -> Vec<u8> {
    let mut yaml = format!(
        "# {}\n# Put this file into Espanso's folder `match`.\nmatches:\n",
        site.config.title.replace(['\n', '\r'], " ")
    );
    let field = |name: &str, _: Option<&str>| format!("[[{name}]]");
    for page in &site.replies {
        let reply = &page.reply;
        let slug = &reply.slug.value;
        espanso_match(reply, slug, &reply.title, &reply.text(field), &mut yaml);
        if let Some(subject) = &reply.subject {
            let label = format!("{}: {}", reply.title, words.get("reply", "subject"));
            let form = message::text(&subject.value, field);
            espanso_match(reply, &format!("{slug}-subject"), &label, &form, &mut yaml);
        }
    }
    yaml.into_bytes()
}

/// One text of a reply, with the fallbacks of its gaps.
fn espanso_match(reply: &Reply, name: &str, label: &str, form: &str, yaml: &mut String) {
    let gaps = reply.placeholders.iter().filter(|gap| form.contains(&format!("[[{}]]", gap.name)));
    let key = if gaps.clone().next().is_none() { "replace" } else { "form" };
    // A text in JSON is one in YAML.
    let _ = writeln!(yaml, "  - trigger: {}", quoted(&format!(":{name}:")));
    let _ = writeln!(yaml, "    label: {}", quoted(label));
    let _ = writeln!(yaml, "    {key}: {}", quoted(form));
    let mut fields = gaps.filter_map(|gap| Some((&gap.name, gap.fallback.as_deref()?))).peekable();
    if fields.peek().is_some() {
        yaml.push_str("    form_fields:\n");
    }
    for (name, fallback) in fields {
        let _ = writeln!(yaml, "      {name}:\n        default: {}", quoted(fallback));
    }
}

/// A table (RFC 4180), a reply a row, with gaps as they are written in the guide.
pub fn csv(site: &Site, words: &Strings) -> Vec<u8> {
    let mut table = String::from("slug,title,situation,reasons,stages,channels,subject,text\r\n");
    for page in &site.replies {
        let reply: &Reply = &page.reply;
        let reasons: Vec<&str> =
            reply.reasons.iter().map(|code| reason_label(&site.config, words, &code.value)).collect();
        let of = |group: &str, codes: &[&str]| -> String {
            codes.iter().map(|code| words.get(group, code)).collect::<Vec<_>>().join(", ")
        };
        let subject = reply.subject.as_ref().map(|subject| written(&subject.value)).unwrap_or_default();
        let cells = [
            reply.slug.value.clone(),
            reply.title.clone(),
            reply.situation.clone(),
            reasons.join(", "),
            of("stages", &reply.stages),
            of("channels", &reply.channels),
            subject,
            reply.written(),
        ];
        // Quotes in a quoted cell are doubled; line ends may stand in it.
        let cells = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        let _ = write!(table, "{}\r\n", cells.join(","));
    }
    table.into_bytes()
}

/// Everything about every reply, as JSON.
pub fn json(site: &Site, words: &Strings) -> Vec<u8> {
    #[derive(Serialize)]
    struct File<'s> {
        title: &'s str,
        language: &'s str,
        replies: Vec<Entry<'s>>,
    }
    #[derive(Serialize)]
    struct Entry<'s> {
        slug: &'s str,
        page: String,
        title: &'s str,
        situation: &'s str,
        reasons: Vec<&'s str>,
        stages: &'s [&'static str],
        channels: &'s [&'static str],
        subject: Option<String>,
        text: String,
        paragraphs: Vec<Paragraph<'s>>,
        placeholders: Vec<Gap<'s>>,
        why: &'s str,
    }
    #[derive(Serialize)]
    struct Paragraph<'s> {
        moves: &'s [&'static str],
        text: String,
    }
    #[derive(Serialize)]
    struct Gap<'s> {
        name: &'s str,
        label: String,
        example: &'s str,
        fallback: Option<&'s str>,
        required: bool,
    }
    let entries = site.replies.iter().map(|page| {
        let reply: &Reply = &page.reply;
        Entry {
            slug: &reply.slug.value,
            page: page.address.as_str().to_owned(),
            title: &reply.title,
            situation: &reply.situation,
            reasons: reply.reasons.iter().map(|code| code.value.as_str()).collect(),
            stages: &reply.stages,
            channels: &reply.channels,
            subject: reply.subject.as_ref().map(|subject| written(&subject.value)),
            text: reply.written(),
            paragraphs: reply
                .paragraphs
                .iter()
                .map(|own| Paragraph { moves: &own.moves, text: written(&own.pieces.value) })
                .collect(),
            placeholders: reply
                .placeholders
                .iter()
                .map(|gap| Gap {
                    name: &gap.name,
                    label: placeholder_label(words, &gap.name, Some(gap)),
                    example: &gap.example,
                    fallback: gap.fallback.as_deref(),
                    required: gap.required,
                })
                .collect(),
            why: &reply.why,
        }
    });
    let file =
        File { title: &site.config.title, language: &site.config.language, replies: entries.collect() };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("texts can be written as JSON");
    bytes.push(b'\n');
    bytes
}

/// A reply's desk for the search: a script, as all files of the search are, that hands over HTML under the address of the
/// reply's page.
pub fn desk(address: &Address, html: &str) -> Vec<u8> {
    let json = serde_json::to_string(html).expect("a text can be written as JSON");
    call(address.as_str(), &json)
}

/// Where that file stands: beside the reply's page.
pub fn desk_path(address: &Address) -> String {
    format!("{}.desk.js", address.as_str().trim_end_matches(".html"))
}

/// A text with its placeholders.
fn written(pieces: &Pieces) -> String {
    message::text(pieces, message::placeholder)
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("texts can be written as JSON")
}
