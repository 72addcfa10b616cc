//! Links and images: what an address is, as a browser would see it.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, TagEnd};

use crate::content::markdown::walk::Walk;
use crate::content::markdown::{Hole, Image, Link, Target};
use crate::diagnostic::Code;
use crate::place::Located;

impl Walk<'_, '_, '_> {
    pub(super) fn link(&mut self, address: &str, title: &str, range: Range<usize>) -> usize {
        let address =
            if address.contains('@') && !address.contains(':') && self.text[range.clone()].starts_with('<') {
                format!("mailto:{address}")
            } else {
                address.to_owned()
            };
        let target = match self.target(&address) {
            Ok(target) => target,
            Err((code, message, help)) => {
                let finding = self.finding(code, range.clone(), message);
                self.writer.found.push(finding.help(help));
                Target::Nothing
            }
        };
        let number = self.writer.outline.links.len();
        let place = self.place(range);
        self.writer.outline.links.push(Located::new(Link { target, title: title.to_owned() }, place));
        self.hole(Hole::LinkStart(number));
        number
    }

    pub(super) fn target(&self, address: &str) -> Result<Target, (Code, String, &'static str)> {
        if address.is_empty() {
            return Err((
                Code::LinkTargetMissing,
                "this link has no address".to_owned(),
                "write one between the brackets",
            ));
        }
        if let Some(part) = address.strip_prefix('#') {
            return Ok(Target::Here(decoded(part)));
        }
        if address.starts_with("www.") {
            return Err((
                Code::LinkTargetMissing,
                format!("`{address}` would be looked for beside this page"),
                "put `https://` in front of it",
            ));
        }
        if address.contains('@') && !address.contains(['/', ':']) {
            return Err((
                Code::LinkTargetMissing,
                format!("`{address}` would be looked for beside this page"),
                "put `mailto:` in front of it",
            ));
        }
        if address.starts_with(['/', '\\']) {
            return Err((
                Code::LinkAbsolute,
                format!("`{address}` begins with `/`"),
                "write the way from this file to the other, such as `../offers/counter-offer.md`",
            ));
        }
        if let Some(scheme) = scheme(address) {
            if ["http", "https", "mailto", "tel"].contains(&scheme.as_str()) {
                return Ok(Target::Elsewhere(address.to_owned()));
            }
            return Err((
                Code::LinkUnsafe,
                format!("an address that begins with `{scheme}:` cannot be used"),
                "use `https:`, `mailto:`, `tel:` or the way to another file",
            ));
        }
        let (path, part) = address.split_once('#').map_or((address, None), |(path, part)| (path, Some(part)));
        match self.writer.source.path.join(&decoded(path)) {
            Some(path) => Ok(Target::File { path, part: part.filter(|part| !part.is_empty()).map(decoded) }),
            None => Err((
                Code::LinkTargetMissing,
                format!("`{address}` leads out of the guide"),
                "link to a file below `content/`",
            )),
        }
    }

    pub(super) fn image(&mut self, address: &str, title: &str, range: Range<usize>) {
        let alt = self.plain_text_ahead().trim().to_owned();
        let mut depth = 0;
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            match event {
                Event::Start(_) => depth += 1,
                Event::End(TagEnd::Image) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        let found = match (scheme(address), address) {
            (Some(scheme), _) if scheme == "http" || scheme == "https" => Err((
                Code::ImageRemote,
                "this image lies on another site".to_owned(),
                "save it beside this page and write its name, such as `![What it shows](funnel.png)`",
            )),
            (Some(scheme), _) => Err((
                Code::LinkUnsafe,
                format!("an image's address cannot begin with `{scheme}:`"),
                "save it beside this page and write its name, such as `![What it shows](funnel.png)`",
            )),
            (None, address) if address.starts_with("//") => Err((
                Code::ImageRemote,
                "this image lies on another site".to_owned(),
                "save it beside this page and write its name, such as `![What it shows](funnel.png)`",
            )),
            (None, "") => Err((
                Code::ImageMissing,
                "this image has no address".to_owned(),
                "write the name of a picture between the round brackets",
            )),
            (None, address) => self.target(address),
        };
        let path = match found {
            Ok(Target::File { path, .. }) => Some(path),
            Ok(_) => {
                let finding =
                    self.finding(Code::ImageMissing, range.clone(), "this is not the address of an image");
                self.writer.found.push(finding.help("write the way to a picture, such as `funnel.png`"));
                None
            }
            Err((code, message, help)) => {
                let finding = self.finding(code, range.clone(), message);
                self.writer.found.push(finding.help(help));
                None
            }
        };
        if alt.is_empty() {
            let finding = self.finding(
                Code::ImageAltMissing,
                range.clone(),
                "this image has no words for those who cannot see it",
            );
            self.writer.found.push(
                finding
                    .help("say what it shows between the square brackets: `![what it shows](picture.png)`"),
            );
        }
        let number = self.writer.outline.images.len();
        let place = self.place(range);
        self.writer.outline.images.push(Located::new(Image { path, alt, title: title.to_owned() }, place));
        self.hole(Hole::Image(number));
    }
}

/// The scheme of an address, as a browser sees it: white space and control characters do not hide it.
fn scheme(address: &str) -> Option<String> {
    let seen: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = seen.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    valid.then(|| scheme.to_ascii_lowercase())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
