//! Holds the server to its OpenAPI document: an answer that the document does not name fails the test.

use std::sync::LazyLock;

use serde_json::Value;

use crate::Answer;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(server::openapi()).expect("a document is JSON"));

/// Checks status, media type and `code` of an answer, if the document has its address and method.
pub(crate) fn check(answer: &Answer) {
    let (method, path) = answer.request.split_once(' ').expect("a method and an address");
    let Some(operation) = operation(&method.to_lowercase(), path) else { return };
    let Answer { request, status, .. } = answer;
    let response = &operation["responses"][status.to_string()];
    assert!(response.is_object(), "{request}: {status} is not in the document: {}", answer.text());
    let media_type = answer.header("content-type").split(';').next().unwrap_or_default();
    let is_named = match response["content"].as_object() {
        Some(content) => content.contains_key(media_type),
        None => answer.bytes.is_empty(),
    };
    assert!(is_named, "{request}: {status} of type {media_type:?} is not in the document: {}", answer.text());
    if *status >= 400 {
        let problem = answer.any_problem();
        let codes = response["x-codes"].as_array().map_or(&[][..], Vec::as_slice);
        let is_named = codes.iter().any(|code| *code == problem.code.as_str());
        assert!(is_named, "{request}: {status} {} is not in the document, but {codes:?}", problem.code);
    }
}

/// The operation of an address. If several fit, the one with the fewest parameters, as in the router.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let fitting = paths.iter().filter(|(template, _)| fits(template, path));
    let (_, item) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
    item.get(method)
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(expected, part)| {
            expected == part || (expected.starts_with('{') && expected.ends_with('}') && !part.is_empty())
        })
}
