//! The page of wins, by month.

use serde::Serialize;

use crate::date::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::win::WinView;
use crate::page::{Page, Renderer, plain};

/// What `wins.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    months: Vec<Month>,
    total: usize,
    private_left_out: usize,
    intro_html: String,
    lede: String,
}

#[derive(Serialize)]
struct Month {
    label: String,
    id: String,
    wins: Vec<WinView>,
}

/// The view of the page of wins.
pub fn view(renderer: &Renderer<'_>, page: &Page) -> Result<View, Box<Diagnostic>> {
    let site = &renderer.site;
    let opening = plain::opening(renderer, page, "wins")?;
    let mut months: Vec<Month> = Vec::new();
    for (number, win) in site.wins().iter().enumerate() {
        let id = win.date.iso()[..7].to_owned();
        if months.last().is_none_or(|month| month.id != id) {
            let label =
                PartialDate::parse(&id).map_or(id.clone(), |month| renderer.theme.strings.date(month));
            months.push(Month { label, id, wins: Vec::new() });
        }
        if let Some(month) = months.last_mut() {
            month.wins.push(WinView::new(renderer, &page.address, number));
        }
    }
    Ok(View {
        page: opening.frame,
        months,
        total: site.wins().len(),
        private_left_out: site.private_wins(),
        intro_html: opening.html,
        lede: opening.lede,
    })
}
