//! Dates as authors write them: a day, a month or a year.

use jiff::civil::Date;

use crate::diagnostic::Code;
use crate::place::{Located, Place};
use crate::yaml::Value;

/// A day, a month or a year of the calendar. Ordered by its first day, the coarser one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first_day: Date,
    precision: Precision,
}

/// How much of a date was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2026`
    Year,
    /// `2026-03`
    Month,
    /// `2026-03-12`
    Day,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; nothing else.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let (precision, day) = match shape.as_str() {
            "0000" => (Precision::Year, format!("{text}-01-01")),
            "0000-00" => (Precision::Month, format!("{text}-01")),
            "0000-00-00" => (Precision::Day, text.to_owned()),
            _ => return None,
        };
        let first_day: Date = day.parse().ok()?;
        (first_day.year() > 0).then_some(PartialDate { first_day, precision })
    }

    /// A whole day.
    pub fn day(date: Date) -> PartialDate {
        PartialDate { first_day: date, precision: Precision::Day }
    }

    /// The first day that it covers.
    pub fn first_day(self) -> Date {
        self.first_day
    }

    /// The last day that it covers.
    pub fn last_day(self) -> Date {
        match self.precision {
            Precision::Year => self.first_day.last_of_year(),
            Precision::Month => self.first_day.last_of_month(),
            Precision::Day => self.first_day,
        }
    }

    /// How much of it was written.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The date as it is written: `2026`, `2026-03` or `2026-03-12`.
    pub fn iso(self) -> String {
        let day = self.first_day.to_string();
        match self.precision {
            Precision::Year => day[..4].to_owned(),
            Precision::Month => day[..7].to_owned(),
            Precision::Day => day,
        }
    }

    /// Reads a date from YAML and reports what is none. `least` is the coarsest form that is allowed.
    pub fn of(value: &Value<'_>, least: Precision) -> Option<Located<PartialDate>> {
        let text = value.text()?;
        let date = PartialDate::parse(&text).filter(|date| date.precision >= least);
        if date.is_none() {
            let well_formed = text.len() == 10
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    4 | 7 => byte == b'-',
                    _ => byte.is_ascii_digit(),
                });
            if well_formed {
                let finding =
                    value.finding(Code::DateInvalid, format!("there is no day `{text}` in the calendar"));
                value.report(finding.help("write year, month and day, such as 2026-03-12"));
                return None;
            }
            let form = match least {
                Precision::Year => "2026, 2026-03 or 2026-03-12",
                Precision::Month => "2026-03 or 2026-03-12",
                Precision::Day => "2026-03-12 (year, month, day)",
            };
            let finding =
                value.finding(Code::DateInvalid, format!("`{text}` is not a date that can be used here"));
            value.report(finding.help(format!("write it as {form}")));
        }
        Some(Located::new(date?, Place::of(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_of_the_calendar() {
        for text in
            ["2026-02-30", "2026-2-3", "26-01-01", "2026-13", "2026/01/01", "0000", "2026-03-12T00:00"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
        let month = PartialDate::parse("2028-02").expect("is a month");
        assert_eq!(month.last_day().to_string(), "2028-02-29");
        assert_eq!(month.iso(), "2028-02");
    }
}
