//! What templates may call, beyond tera's own filters.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tera::{Kwargs, Map, State, Tera, Value};

use crate::theme::strings::fill;

/// Makes the filters known.
pub fn register(templates: &mut Tera) {
    templates.register_filter("fill", fill_filter);
    templates.register_filter("count", count_filter);
    templates.register_filter("json", json_filter);
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

/// `data-words="{{ t.search | json }}"`: words for a script.
fn json_filter(value: &Value, _: Kwargs, _: &State<'_>) -> tera::TeraResult<String> {
    // The engine's maps have no order, and pages have to be the same every time.
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Sorted {
        Map(BTreeMap<String, Sorted>),
        Other(serde_json::Value),
    }
    let sorted = serde_json::to_value(value).and_then(serde_json::from_value::<Sorted>);
    sorted
        .and_then(|value| serde_json::to_string(&value))
        .map_err(|error| tera::Error::message(error.to_string()))
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
