//! Personal data in texts that get published: what looks like an e-mail address, a telephone number, a handle, a profile
//! or a name. It helps, it does not decide: phrases of `allow` in `site.yaml` are left alone.

use crate::content::rules::RULES;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SitePath, Span};

/// What looks like personal data in a text that stands in a file from `offset` on.
pub fn check(text: &str, offset: usize, path: &SitePath, allow: &[String]) -> Vec<Diagnostic> {
    let text = &without_allowed(text, allow);
    let mut found = Vec::new();
    let mut words = text.split_inclusive(|c: char| c.is_whitespace() || "<>()[]{},;\"“”".contains(c));
    let mut at = 0;
    for word in words.by_ref() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let span = Span::new(at, at + bare.len()).shifted(offset);
        if let Some(what) = kind_of(bare) {
            found.push(report(path, span, what));
        }
        at += word.len();
    }
    for (start, end) in digit_runs(text) {
        let span = Span::new(start, end).shifted(offset);
        if !found.iter().any(|other: &Diagnostic| {
            other.span.is_some_and(|known| known.start <= span.start && span.end <= known.end)
        }) {
            found.push(report(path, span, "a telephone number"));
        }
    }
    found
}

/// Two capitalised words in a row, which may be a name.
pub fn check_names(text: &str, offset: usize, path: &SitePath, allow: &[String]) -> Option<Diagnostic> {
    let text = without_allowed(text, allow);
    let text = text.replace(['\n', '\r'], " ");
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    if words.len() > 3 && words.iter().all(|word| is_capitalised(word)) {
        // Every Word Begins With a Capital: a way to write titles, which tells nothing.
        return None;
    }
    let mut before: Option<(usize, &str)> = None;
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = at + word.find(bare).unwrap_or(0);
        if bare.is_empty() {
            at += word.len();
            continue;
        }
        let starts_phrase = word.trim_start().starts_with(|c: char| !c.is_alphanumeric());
        if is_capitalised(bare) {
            if let Some((first, _)) = before.filter(|_| !starts_phrase) {
                let span = Span::new(first, start + bare.len()).clamped(&text);
                let message = format!("`{}` may be a name", &text[span.start..span.end]);
                return Some(
                    Diagnostic::new(Code::PersonalName, path, span.shifted(offset), message)
                        .help("write a role instead, such as `a candidate`, or add the words to `allow` in `content/site.yaml`"),
                );
            }
            let ends_phrase = word.trim_end().ends_with(|c: char| ".!?:;,".contains(c));
            before = Some((start, bare))
                .filter(|_| !ends_phrase && !RULES.personal.common.iter().any(|word| word == bare));
        } else {
            before = None;
        }
        at += word.len();
    }
    None
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// What a word looks like.
fn kind_of(word: &str) -> Option<&'static str> {
    if !word.contains(['@', '/']) {
        return None;
    }
    let lower = word.to_lowercase();
    if let Some((name, host)) = lower.split_once('@') {
        if name.is_empty() {
            return (host.chars().take_while(|c| c.is_alphanumeric() || *c == '_').count() >= 2)
                .then_some("a handle");
        }
        let named = host.split_once('.').is_some_and(|(site, end)| !site.is_empty() && end.len() >= 2);
        return named.then_some("an e-mail address");
    }
    let profile = RULES.personal.profiles.iter().any(|profile| {
        lower.find(profile.as_str()).is_some_and(|at| {
            // `x.com/` stands in `netflix.com/` too.
            let whole = at == 0 || !lower[..at].ends_with(|c: char| c.is_alphanumeric());
            whole && lower.len() > at + profile.len()
        })
    });
    profile.then_some("a profile link")
}

/// Runs of digits with the signs that people write telephone numbers with, long enough for one. Years, dates and sums
/// (`2026-03-12`, `40,000`) are none.
fn digit_runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = None;
    let joins = |c: char| c.is_ascii_digit() || " -()./+".contains(c);
    for (at, c) in text.char_indices().chain([(text.len(), 'x')]) {
        if start.is_none() && (c.is_ascii_digit() || c == '+') {
            start = Some(at);
        } else if let Some(from) = start
            && !joins(c)
        {
            let run = text[from..at].trim_end_matches(|c: char| !c.is_ascii_digit());
            let digits = run.bytes().filter(u8::is_ascii_digit).count();
            let groups: Vec<&str> =
                run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
            let date = groups.len() == 3 && groups.iter().any(|group| group.len() == 4) && digits == 8;
            // Several years in a row are no telephone number, nor are the thousands of a sum or a day with a time.
            let years = groups
                .iter()
                .all(|group| group.len() == 4 && (group.starts_with("19") || group.starts_with("20")));
            let sum = groups.len() > 1
                && groups[0].len() <= 3
                && !run.starts_with(['0', '+'])
                && !run.contains(['-', '(', '/'])
                && groups[1..].iter().all(|group| group.len() == 3);
            let day = groups.iter().take(3).any(|group| group.len() == 4 && group.starts_with("20"))
                && groups.iter().filter(|group| group.len() > 2).count() == 1;
            let standard = groups.len() == 2 && groups[1].len() == 4 && groups[1].starts_with("20");
            let years = years || sum || day || standard;
            if digits >= RULES.personal.least_digits && !date && !years {
                runs.push((from, from + run.len()));
            }
            start = None;
        }
    }
    runs
}

/// The text with allowed phrases blanked out, so that places stay.
fn without_allowed(text: &str, allow: &[String]) -> String {
    let mut text = text.to_owned();
    for phrase in allow.iter().filter(|phrase| !phrase.is_empty()) {
        text = text.replace(phrase.as_str(), &".".repeat(phrase.len()));
    }
    text
}

fn report(path: &SitePath, span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Code::PersonalData, path, span, format!("this looks like {what}")).help(
        "leave it out, or use a placeholder; if it is no person's, add it to `allow` in `content/site.yaml`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let path = SitePath::new("content/wins/a.yaml");
        check(text, 0, &path, &["Level One".to_owned()])
            .into_iter()
            .map(|finding| {
                let span = finding.span.expect("has a place");
                text[span.start..span.end].to_owned()
            })
            .collect()
    }

    #[test]
    fn finds_what_leads_to_a_person() {
        assert_eq!(
            found("Write to ann.lee@example.org, or call +44 20 7946 0958."),
            ["ann.lee@example.org", "+44 20 7946 0958"]
        );
        assert_eq!(
            found("See linkedin.com/in/annlee and @annlee (https://github.com/ann)."),
            ["linkedin.com/in/annlee", "@annlee", "https://github.com/ann"]
        );
        assert_eq!(found("Number 0049301234567"), ["0049301234567"]);
    }

    #[test]
    fn leaves_numbers_and_words_alone() {
        let texts = [
            "The budget was 1 250 000 euros, or 1.250.000, on 12.03.2026 10:30, by ISO 27001-2022",
            "From 2026-03-12 to 2026",
            "40,000 people, 3,500 in 2024",
            "netflix.com/jobs",
            "a @ b",
            "2024 2025 2026",
            "4-2-4, 9 to 4",
            "12 of 50 in 2026",
        ];
        for text in texts {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn two_capitals_may_be_a_name() {
        let path = SitePath::new("content/wins/a.yaml");
        let name = |text: &str| {
            check_names(text, 0, &path, &["Google Docs".to_owned()]).map(|finding| finding.message)
        };
        assert_eq!(name("Then Anna Smith said yes."), Some("`Anna Smith` may be a name".to_owned()));
        for text in [
            "On Friday we met.",
            "We use Google Docs.",
            "It went well. Then Anna left.",
            "News every Friday",
            "The ATS is slow",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
