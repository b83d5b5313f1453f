//! Tables for spreadsheets, read page by page while they are sent, so that their length does not matter.

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use csv::{Terminator, WriterBuilder};
use futures_util::stream;
use store::StoreError;

use super::laporan::attachment;

/// Lines of a table, and the place behind them; none behind the last.
pub(super) type Page<P> = Result<(Vec<Vec<String>>, Option<P>), StoreError>;

/// How far a table was sent.
enum Place<P> {
    Beginning,
    Behind(P),
    End,
}

/// Sends a table. `next` reads the lines behind a place, from the beginning on if there is none.
pub(super) fn stream<P, F>(
    name: &str,
    headings: &'static [&'static str],
    next: impl FnMut(Option<P>) -> F + Send + 'static,
) -> Response
where
    P: Send + 'static,
    F: Future<Output = Page<P>> + Send + 'static,
{
    let pages = stream::try_unfold((Place::Beginning, next), move |(place, mut next)| async move {
        let (mut text, place) = match place {
            // Spreadsheets take UTF-8 for something else without a byte order mark.
            Place::Beginning => (["\u{FEFF}", &line(headings)].concat(), None),
            Place::Behind(place) => (String::new(), Some(place)),
            Place::End => return Ok::<_, StoreError>(None),
        };
        let (lines, behind) = next(place).await?;
        lines.iter().for_each(|cells| text.push_str(&line(cells)));
        let place = behind.map_or(Place::End, Place::Behind);
        Ok(Some((Bytes::from(text), (place, next))))
    });
    (attachment(name, "text/csv; charset=utf-8"), Body::from_stream(pages)).into_response()
}

/// One line. A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn line(cells: &[impl AsRef<str>]) -> String {
    let cells = cells.iter().map(|cell| laporan::harmless(cell.as_ref()));
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(cells.map(Cow::into_owned));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_and_quotes_are_doubled() {
        for (cell, expected) in [
            ("Budi", "Budi"),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1", "'-1"),
            ("\t=1", "'\t'=1"),
            (r#"{"a":1,"b":"x"}"#, r#""{""a"":1,""b"":""x""}""#),
            ("a\nb", "\"a\nb\""),
        ] {
            assert_eq!(line(&["x", cell]), format!("x,{expected}\r\n"));
        }
    }
}
