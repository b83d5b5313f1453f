//! What of a thing changed.

use serde_json::{Map, Value};

/// The fields that differ: as they were, and as they are. A field that one side lacks stands on the other only.
pub fn difference(before: &Value, after: &Value) -> (Value, Value) {
    let fields = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let (before, after) = (fields(before), fields(after));
    let only_other = |one: Map<String, Value>, other: &Map<String, Value>| {
        one.into_iter().filter(|(name, value)| other.get(name) != Some(value)).collect::<Map<_, _>>()
    };
    let was = only_other(before.clone(), &after);
    let is = only_other(after, &before);
    (was.into(), is.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let (was, is) =
            difference(&json!({ "a": 1, "b": 2, "c": null }), &json!({ "a": 1, "b": 3, "d": [] }));
        assert_eq!((was, is), (json!({ "b": 2, "c": null }), json!({ "b": 3, "d": [] })));
        assert_eq!(difference(&json!({ "a": 1 }), &json!({ "a": 1 })), (json!({}), json!({})));
    }
}
