//! The page of the guide's tree.

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::tree::TreeView;
use crate::page::{Page, Renderer, plain};

/// What `path.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    tree_html: String,
    intro_html: String,
    lede: String,
}

/// The view of the page of the guide's tree.
pub fn view(renderer: &Renderer<'_>, page: &Page) -> Result<View, Box<Diagnostic>> {
    #[derive(Serialize)]
    struct TreeOfPage<'v> {
        page: &'v Frame,
        tree: TreeView<'v>,
    }
    let opening = plain::opening(renderer, page, "path")?;
    let tree_html = match renderer.site.path() {
        Some(tree) => {
            let tree = TreeView::new(renderer, &page.address, tree, None);
            let view = TreeOfPage { page: &opening.frame, tree };
            renderer.theme.render("components/decision-path/decision-path.html", &view)?
        }
        None => String::new(),
    };
    Ok(View { page: opening.frame, tree_html, intro_html: opening.html, lede: opening.lede })
}
