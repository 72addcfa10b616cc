//! What templates may call, beyond tera's own filters.

use std::borrow::Cow;

use tera::{Kwargs, Map, State, Tera, Value};

use crate::theme::strings::fill;

/// Makes the filters known.
pub fn register(templates: &mut Tera) {
    templates.register_filter("fill", fill_filter);
    templates.register_filter("count", count_filter);
}

/// `{{ t.page.of | fill(n=3) }}`: puts values where a text names them in braces.
fn fill_filter(text: &str, values: Kwargs, _: &State<'_>) -> String {
    let values: Vec<(&str, Cow<'_, str>)> = values
        .iter()
        .filter_map(|(name, value)| {
            let text = value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed);
            Some((name.as_str()?, text))
        })
        .collect();
    fill(text, &values)
}

/// `{{ t.lesson.minutes | count(n=8) }}`: picks `one` or `other` and puts the number in.
fn count_filter(forms: &Map, values: Kwargs, state: &State<'_>) -> tera::TeraResult<String> {
    let number: u64 = values.must_get("n")?;
    let form = if number == 1 { "one" } else { "other" };
    let text = forms
        .iter()
        .find(|(name, _)| name.as_str() == Some(form))
        .and_then(|(_, text)| Value::as_str(text))
        .ok_or_else(|| {
            tera::Error::message(format!("`count` needs a form `{form}` in the theme's strings"))
        })?;
    Ok(fill_filter(text, values, state))
}
