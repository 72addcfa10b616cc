//! The page of wins, by month.

use std::sync::Arc;

use serde::Serialize;

use crate::content::win::Win;
use crate::date::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::message::PersonalRules;
use crate::page::win::WinView;
use crate::page::{Page, Renderer, plain};

/// What `wins.html` sees.
#[derive(Serialize)]
pub struct View<'s> {
    page: Frame,
    /// What the form for a reader's own wins warns of.
    personal: PersonalRules<'s>,
    /// The latest win, to be shown alone.
    latest: Option<WinView>,
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
    wins_html: Arc<str>,
}

/// The view of the page of wins.
pub fn view<'s>(renderer: &Renderer<'s>, page: &Page) -> Result<View<'s>, Box<Diagnostic>> {
    let site = &renderer.site;
    let opening = plain::opening(renderer, page, "wins")?;
    #[derive(Serialize, Hash)]
    struct Wins {
        wins: Vec<WinView>,
    }
    let mut months: Vec<Month> = Vec::new();
    let mut first = 0;
    for wins in site.wins().chunk_by(|one, other| month(one) == month(other)) {
        let id = month(&wins[0]);
        let label = PartialDate::parse(&id).map_or(id.clone(), |month| renderer.theme.strings.date(month));
        let numbers = first..first + wins.len();
        first = numbers.end;
        let wins = numbers.map(|number| WinView::new(renderer, &page.address, number)).collect();
        months.push(Month { label, id, wins_html: renderer.piece("month-of-wins", &Wins { wins })? });
    }
    Ok(View {
        page: opening.frame,
        personal: PersonalRules::new(site.config()),
        latest: (!site.wins().is_empty()).then(|| WinView::new(renderer, &page.address, 0)),
        months,
        total: site.wins().len(),
        private_left_out: site.private_wins(),
        intro_html: opening.html,
        lede: opening.lede,
    })
}

/// `2026-02`
fn month(win: &Win) -> String {
    win.date.iso()[..7].to_owned()
}
