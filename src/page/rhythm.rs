//! How to breathe: the counts of a breath, and its line as a picture, which rises, stays level and falls as long as they
//! say.

use serde::Serialize;

use crate::content::component::Rhythm;
use crate::diagnostic::Diagnostic;
use crate::page::Renderer;
use crate::page::frame::Frame;
use crate::page::text::InPage;

/// How wide a breath is drawn, from where and to where it rises, in units of the drawing (y runs down).
const WIDTH: f32 = 400.0;
const VALLEY: f32 = 222.0;
const RIDGE: f32 = 152.0;

/// The curve of a breath, `cubic-bezier(.35, 0, .25, 1)`: it starts and ends gently, and the pacer's bead moves by it too.
const EASE_START: f32 = 0.35;
const EASE_END: f32 = 0.25;

/// A rhythm for a template.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct RhythmView {
    inhale: u32,
    hold: u32,
    exhale: u32,
    cycles: u32,
    seconds: u32,
    curve: Curve,
    /// The same breath for those who leave the hold out.
    curve_without_hold: Option<Curve>,
}

/// The line of one breath, as commands of an SVG path that begin where a breath begins, and the middle of each part.
#[derive(Clone, Debug, Serialize, Hash)]
struct Curve {
    line: String,
    inhale: u32,
    hold: u32,
    exhale: u32,
}

impl RhythmView {
    /// A rhythm at one second a count.
    pub fn new(rhythm: Rhythm) -> RhythmView {
        let Rhythm { inhale, hold, exhale, cycles } = rhythm;
        RhythmView {
            inhale,
            hold,
            exhale,
            cycles,
            seconds: (inhale + hold + exhale) * cycles,
            curve: Curve::new(rhythm),
            curve_without_hold: (hold > 0).then(|| Curve::new(Rhythm { hold: 0, ..rhythm })),
        }
    }

    /// The pacer of a made page.
    pub fn pacer(&self, renderer: &Renderer<'_>, frame: &Frame) -> Result<String, Box<Diagnostic>> {
        #[derive(Serialize)]
        struct View<'r> {
            rhythm: &'r RhythmView,
        }
        let view = InPage { page: &frame.place(), view: View { rhythm: self } };
        renderer.theme.render("components/breathing-pacer/breathing-pacer.html", &view)
    }
}

impl Curve {
    fn new(rhythm: Rhythm) -> Curve {
        let counts = [rhythm.inhale, rhythm.hold, rhythm.exhale];
        let unit = WIDTH / counts.iter().sum::<u32>() as f32;
        let [rise, level, fall] = counts.map(|count| count as f32 * unit);
        let top = rise + level;
        let line = format!(
            "C{:.0} {VALLEY} {:.0} {RIDGE} {rise:.0} {RIDGE}H{top:.0}C{:.0} {RIDGE} {:.0} {VALLEY} {WIDTH} {VALLEY}",
            EASE_START * rise,
            EASE_END * rise,
            top + EASE_START * fall,
            top + EASE_END * fall,
        );
        let middle = |from: f32, long: f32| (from + long / 2.0).round() as u32;
        Curve { line, inhale: middle(0.0, rise), hold: middle(rise, level), exhale: middle(top, fall) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breath_is_drawn_as_long_as_its_counts() {
        let usual = Curve::new(Rhythm::default());
        // The curve of the design.
        assert_eq!(usual.line, "C56 222 40 152 160 152H240C296 152 280 222 400 222");
        assert_eq!((usual.inhale, usual.hold, usual.exhale), (80, 200, 320));
        let slow = Curve::new(Rhythm { inhale: 4, hold: 0, exhale: 6, cycles: 6 });
        assert_eq!(slow.line, "C56 222 40 152 160 152H160C244 152 220 222 400 222");
        assert_eq!((slow.inhale, slow.exhale), (80, 280));
    }
}
