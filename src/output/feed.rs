//! `feed.xml`: the newest lessons, in Atom (RFC 4287).

use std::io::Write as _;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::address::Address;
use crate::date::PartialDate;
use crate::page::frame::absolute;
use crate::site::{Lesson, Site};

/// Ids of a guide without an address are tags (RFC 4151) of this day; it never changes, so that the ids do not either.
const TAG_DAY: &str = "2026-01-01";

/// The feed as XML.
pub fn feed(site: &Site) -> Vec<u8> {
    let mut newest: Vec<(PartialDate, &Lesson)> =
        site.lessons.iter().filter_map(|lesson| Some((lesson.date?, lesson))).collect();
    newest.retain(|(date, _)| date.first_day() <= site.today);
    newest.sort_unstable_by(|(date_a, a), (date_b, b)| (date_b, &a.address).cmp(&(date_a, &b.address)));
    newest.truncate(site.config.limits.feed);
    let newest: Vec<(&Lesson, String)> =
        newest.into_iter().map(|(date, lesson)| (lesson, updated(lesson, date))).collect();
    let updated = newest.iter().map(|(_, updated)| updated.as_str()).max();
    let updated = updated.unwrap_or("1970-01-01T00:00:00Z").to_owned();

    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    let written = write(&mut xml, site, &newest, &updated);
    written.expect("writing to memory does not fail");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

type Xml = Writer<Vec<u8>>;

fn write(xml: &mut Xml, site: &Site, newest: &[(&Lesson, String)], updated: &str) -> std::io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = xml
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", site.config.language.as_str()));
    feed.write_inner_content(|xml| {
        text(xml, "title", &site.config.title)?;
        if !site.config.description.is_empty() {
            text(xml, "subtitle", &site.config.description)?;
        }
        text(xml, "id", &id(site, &Address::new("feed.xml")))?;
        text(xml, "updated", updated)?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", &site.config.title))?;
        if let Some(base) = &site.base_url {
            link(xml, "self", &format!("{base}feed.xml"))?;
        }
        link(xml, "alternate", &href(site, &Address::page("index")))?;
        for (lesson, updated) in newest {
            entry(xml, site, lesson, updated)?;
        }
        Ok(())
    })?;
    xml.get_mut().flush()
}

fn entry(xml: &mut Xml, site: &Site, lesson: &Lesson, updated: &str) -> std::io::Result<()> {
    let face = &lesson.article.face;
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "title", &face.title)?;
        text(xml, "id", &id(site, &lesson.address))?;
        if let Some(date) = &face.date {
            text(xml, "published", &midnight(&date.value.iso()))?;
        }
        text(xml, "updated", updated)?;
        link(xml, "alternate", &href(site, &lesson.address))?;
        if !face.description().is_empty() {
            text(xml, "summary", face.description())?;
        }
        for tag in &face.tags {
            xml.create_element("category")
                .with_attribute(("term", readable(&tag.value).as_str()))
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// When a lesson of a date was last changed.
fn updated(lesson: &Lesson, date: PartialDate) -> String {
    let updated = lesson.article.face.updated.as_ref().map_or(date, |updated| updated.value.max(date));
    midnight(&updated.iso())
}

fn midnight(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

fn href(site: &Site, address: &Address) -> String {
    match &site.base_url {
        Some(base) => absolute(base, address),
        None => address.as_str().to_owned(),
    }
}

fn id(site: &Site, address: &Address) -> String {
    match &site.base_url {
        Some(base) => absolute(base, address),
        None => format!("tag:{},{TAG_DAY}:{}", site.config.id, address.as_str()),
    }
}

fn text(xml: &mut Xml, name: &str, value: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&readable(value)))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, href: &str) -> std::io::Result<()> {
    xml.create_element("link").with_attribute(("rel", rel)).with_attribute(("href", href)).write_empty()?;
    Ok(())
}

/// The text without the characters that XML 1.0 cannot hold.
fn readable(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}
