//! `sitemap.xml` and `robots.txt`.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::page::frame::absolute;
use crate::page::{Page, PageKind};
use crate::site::Site;

/// The sitemap as XML; none without the address of the site.
pub fn sitemap(site: &Site, pages: &[Page]) -> Option<Vec<u8>> {
    let base = site.base_url.as_ref()?;
    let mut listed: Vec<&Page> =
        pages.iter().filter(|page| !matches!(page.kind, PageKind::NotFound | PageKind::Alias(_))).collect();
    listed.sort_by(|a, b| a.address.cmp(&b.address));
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    let write = || -> std::io::Result<()> {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let urls = xml
            .create_element("urlset")
            .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        urls.write_inner_content(|xml| {
            for page in listed {
                xml.create_element("url").write_inner_content(|xml| {
                    let address = absolute(base, &page.address);
                    xml.create_element("loc").write_text_content(BytesText::new(&address))?;
                    if let Some(changed) = changed(site, page) {
                        xml.create_element("lastmod").write_text_content(BytesText::new(&changed))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    };
    write().expect("writing to memory does not fail");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Some(bytes)
}

/// When a lesson or page was last changed, as far as its file says.
fn changed(site: &Site, page: &Page) -> Option<String> {
    let face = match page.kind {
        PageKind::Lesson(number) => &site.lessons[number].article.face,
        PageKind::Plain(number) => &site.pages[number].article.face,
        _ => return None,
    };
    face.updated.as_ref().or(face.date.as_ref()).map(|date| date.value.iso())
}

/// What search engines may read: everything.
pub fn robots(site: &Site) -> String {
    match &site.base_url {
        Some(base) => format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"),
        None => "User-agent: *\nAllow: /\n".to_owned(),
    }
}
