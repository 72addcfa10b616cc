//! Images and downloads: files of the guide that pages use, under addresses that change with their content.

use std::collections::BTreeMap;

use crate::address::{Address, slugify};
use crate::snapshot::{File, Snapshot};
use crate::source::SitePath;

/// The files that pages use.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    files: BTreeMap<SitePath, Asset>,
}

/// A file that is copied to the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asset {
    /// Where it is copied to.
    pub address: Address,
    /// Its width and height in pixels, if it is a picture.
    pub size: Option<(usize, usize)>,
}

impl Assets {
    /// Notes that a file is used.
    pub fn add(&mut self, path: &SitePath, snapshot: &Snapshot) -> Option<&Asset> {
        if !self.files.contains_key(path) {
            let asset = Asset::of(path, snapshot)?;
            self.files.insert(path.clone(), asset);
        }
        self.files.get(path)
    }

    /// A file that is used.
    pub fn get(&self, path: &SitePath) -> Option<&Asset> {
        self.files.get(path)
    }

    /// All files that are used.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &Asset)> {
        self.files.iter()
    }
}

impl Asset {
    /// What a file becomes on the site.
    pub fn of(path: &SitePath, snapshot: &Snapshot) -> Option<Asset> {
        let file = snapshot.files.get(path)?;
        let size = match path.extension().to_ascii_lowercase().as_str() {
            "svg" => svg_size(file),
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => {
                imagesize::blob_size(file.bytes()).ok().map(|size| (size.width, size.height))
            }
            _ => None,
        };
        Some(Asset { address: hashed_address(path.stem(), path.extension(), file.hash()), size })
    }
}

/// Kinds of files that browsers run, or that can hold what they run.
const RUNS: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "js", "mjs", "cjs", "xml", "xsl", "xslt", "svgz",
    "swf", "hta", "wasm",
];

/// What a drawing may not hold: each of these can run a script or load something once it is opened by itself.
const RUNS_IN_DRAWING: &[&str] = &[
    "script",
    "<foreignobject",
    "<!entity",
    "<iframe",
    "<embed",
    "<object",
    "<handler",
    "data:text",
    "data:application",
    "data:image/svg",
    "<?xml-stylesheet",
];

/// Why a file must not be published, if it could run a script.
pub fn danger(path: &SitePath, file: &File) -> Option<&'static str> {
    let extension = path.extension().to_ascii_lowercase();
    if RUNS.contains(&extension.as_str()) {
        return Some("is a kind of file that can run scripts");
    }
    if extension != "svg" {
        return None;
    }
    let File::Text(source) = file else { return Some("is a drawing that is not UTF-8") };
    // White space and control characters do not keep a browser from seeing these.
    let seen: String = source
        .text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect::<String>()
        .to_lowercase();
    // What it loads from elsewhere would tell another site who reads this one.
    let loads = [
        "href=\"http",
        "href='http",
        "href=\"//",
        "href='//",
        "url(http",
        "url(\"http",
        "url('http",
        "url(//",
        "@import",
    ];
    if loads.iter().any(|word| seen.contains(word)) {
        return Some("is a drawing that loads something from another site");
    }
    let holds = RUNS_IN_DRAWING.iter().any(|word| seen.contains(word))
        || has_handler(&source.text)
        || seen.contains("&#");
    holds.then_some("is a drawing that holds a script")
}

/// Whether markup has an attribute that begins with `on`.
fn has_handler(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.match_indices("on").any(|(at, _)| {
        let before = lower[..at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_whitespace() || c == '/' || c == '"' || c == '\'');
        let name = lower[at + 2..].chars().take_while(char::is_ascii_alphabetic).count();
        before && name >= 2 && lower[at + 2 + name..].trim_start().starts_with('=')
    })
}

/// `assets/<name>.<hash>.<ext>`
pub fn hashed_address(stem: &str, extension: &str, hash: u64) -> Address {
    let stem = slugify(stem);
    let stem = if stem.is_empty() { "file" } else { &stem };
    let extension = slugify(extension);
    // 40 bits of the hash: two versions of one file do not meet, and the address stays short.
    Address::new(format!("assets/{stem}.{:010x}.{extension}", hash >> 24))
}

/// The size of a drawing: its `width` and `height`, else those of its `viewBox`.
fn svg_size(file: &File) -> Option<(usize, usize)> {
    let File::Text(source) = file else { return None };
    let start = source.text.find("<svg")?;
    let tag = &source.text[start..start + source.text[start..].find('>')?];
    let attribute = |name: &str| -> Option<&str> {
        let at = tag.find(&format!(" {name}="))? + name.len() + 2;
        let quote = tag[at..].chars().next().filter(|quote| "\"'".contains(*quote))?;
        tag[at + 1..].split(quote).next()
    };
    let number = |text: &str| -> Option<usize> {
        let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        (1.0..=100_000.0).contains(&number).then_some(number.round() as usize)
    };
    if let (Some(width), Some(height)) =
        (attribute("width").and_then(number), attribute("height").and_then(number))
    {
        return Some((width, height));
    }
    let mut sides = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((number(sides.next()?)?, number(sides.next()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn drawings_with_scripts_are_told() {
        let danger = |text: &str| {
            let path = SitePath::new("content/a.svg");
            danger(&path, &File::Text(Source::new(path.clone(), text))).is_some()
        };
        for text in [
            "<svg><script>x</script>",
            "<svg onload=x>",
            "<svg/ONload = x>",
            "<a href='java\nscript:x'>",
            "<foreignObject>",
            "<!DOCTYPE x [<!ENTITY y 'z'>]>",
            "<a href='&#106;avascript:x'>",
            "<set attributeName=x to=\"javascript:y\"/>",
        ] {
            assert!(danger(text), "{text}");
        }
        assert!(!danger("<svg width=\"1\" height=\"1\"><path d='M0 0'/><text>one only</text></svg>"));
    }

    #[test]
    fn drawings_have_a_size() {
        let size = |text: &str| svg_size(&File::Text(Source::new(SitePath::new("content/a.svg"), text)));
        assert_eq!(size("<svg width=\"20px\" height='10'>"), Some((20, 10)));
        assert_eq!(size("<?xml?><svg viewBox=\"0 0 640 480\">"), Some((640, 480)));
        assert_eq!(size("<svg>"), None);
        assert_eq!(size("<svg width="), None);
    }
}
