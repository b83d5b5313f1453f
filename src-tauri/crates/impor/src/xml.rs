//! XML Spreadsheet 2003 as the national register writes it: mostly named .xls, with `<`, `&` and control characters
//! that no XML reader takes. So only the tags of rows and cells are looked for; whatever else stands in a cell is its
//! text.

use html_escape::decode_html_entities;

use crate::{
    InvalidBerkas,
    lines::{Lines, Row},
    merged::Merged,
    text,
};

/// Rows and columns that Excel has.
const ROWS_MAX: u32 = 1 << 20;
const COLUMNS_MAX: u32 = 1 << 14;

/// Characters of a cell with the marks of its fonts.
const CELL_MARKUP_MAX: usize = 8000;

/// A tag that matters: its name without the prefix, whether it closes, and its attributes.
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    is_empty: bool,
    attributes: &'a str,
}

pub(crate) fn read(text: &str, lines: &mut Lines) -> Result<(), InvalidBerkas> {
    let mut rest = text;
    let mut row: Option<Row> = None;
    let mut merged = Merged::default();
    let (mut next_row, mut next_column, mut spanned) = (1, 0, 0);
    while let Some((_, tag, after)) = next_tag(rest, &["Worksheet", "Row", "Cell", "Data"]) {
        rest = after;
        match (tag.name, tag.is_end) {
            ("Worksheet", is_end) => {
                if is_end && lines.end_of_sheet()? {
                    return Ok(());
                }
                next_row = 1;
                merged = Merged::default();
            }
            ("Row", false) => {
                let nomor = tag.number("Index").unwrap_or(next_row).clamp(1, ROWS_MAX);
                next_row = nomor.saturating_add(1);
                (next_column, spanned) = (0, 0);
                row = (!tag.is_empty).then(|| Row { nomor, ..Row::default() });
            }
            ("Row", true) => {
                if let Some(mut row) = row.take() {
                    merged.complete(&mut row);
                    if !lines.take(row)? {
                        rest = skip_sheet(rest);
                    }
                }
            }
            ("Cell", false) => {
                let index = tag.number("Index").map(|index| index.saturating_sub(1));
                next_column = index.unwrap_or(next_column).min(COLUMNS_MAX);
                if let (Some(row), Some(below)) = (&row, tag.number("MergeDown")) {
                    merged.add(next_column, row.nomor, row.nomor.saturating_add(below.min(ROWS_MAX)));
                }
                spanned = 1 + tag.number("MergeAcross").unwrap_or(0).min(COLUMNS_MAX);
                if tag.is_empty {
                    next_column += spanned;
                    spanned = 0;
                }
            }
            ("Cell", true) => {
                next_column += spanned;
                spanned = 0;
            }
            ("Data", false) if !tag.is_empty => {
                let Some((text, _, after)) = next_tag(rest, &["/Data", "/Cell", "/Row"]) else { break };
                if let Some(row) = &mut row {
                    row.put(next_column, &plain(text::cut(text, CELL_MARKUP_MAX)));
                }
                // What closes more than the text is looked at again.
                rest = if after_data(rest, text) { after } else { &rest[text.len()..] };
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether it is the text's own end that follows the text.
fn after_data(rest: &str, text: &str) -> bool {
    let tag = &rest[text.len()..];
    tag.starts_with("</Data") || tag.starts_with("</ss:Data")
}

/// What follows the sheet.
fn skip_sheet(text: &str) -> &str {
    let end = ["</Worksheet", "</ss:Worksheet"].iter().filter_map(|end| text.find(end)).min();
    end.map_or("", |end| &text[end..])
}

/// The next tag of these names, with what stands before and after it. A name that begins with a slash is an end.
fn next_tag<'a>(text: &'a str, names: &[&str]) -> Option<(&'a str, Tag<'a>, &'a str)> {
    let mut from = 0;
    while let Some(found) = text[from..].find('<') {
        let at = from + found;
        let inside = &text[at + 1..];
        from = at + 1;
        let (is_end, name) = match inside.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, inside),
        };
        let name = name.strip_prefix("ss:").unwrap_or(name);
        let is_named = |wanted: &&&str| {
            let (wanted, is_wanted) = match wanted.strip_prefix('/') {
                Some(wanted) => (wanted, is_end),
                None => (**wanted, true),
            };
            is_wanted
                && name.starts_with(wanted)
                && name[wanted.len()..].starts_with([' ', '>', '/', '\t', '\r', '\n'])
        };
        let Some(wanted) = names.iter().find(is_named) else { continue };
        let end = name.find('>')?;
        let length = wanted.trim_start_matches('/').len();
        let attributes = &name[length..end];
        let tag = Tag { name: &name[..length], is_end, is_empty: attributes.ends_with('/'), attributes };
        return Some((&text[..at], tag, &name[end + 1..]));
    }
    None
}

impl Tag<'_> {
    /// A number among the attributes.
    fn number(&self, name: &str) -> Option<u32> {
        let (_, rest) = self.attributes.split_once(&format!("{name}="))?;
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].split(quote).next()?.trim().parse().ok()
    }
}

/// The text of a cell: without the marks of fonts, and with what stands for other characters put in their place.
fn plain(text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        left.push_str(before);
        match style_end(after) {
            Some(end) => rest = &after[end..],
            None => {
                left.push('<');
                rest = after;
            }
        }
    }
    left.push_str(rest);
    decode_html_entities(&left).into_owned()
}

/// Where the tag of a font ends that begins here.
fn style_end(text: &str) -> Option<usize> {
    const STYLES: [&str; 7] = ["B", "I", "U", "S", "Sub", "Sup", "Font"];
    let name = text.strip_prefix('/').unwrap_or(text);
    let name = name.strip_prefix("html:").unwrap_or(name);
    let is_style = STYLES.iter().any(|style| {
        name.strip_prefix(style).is_some_and(|rest| rest.starts_with(['>', ' ', '/']) && rest.contains('>'))
    });
    let end = text.find('>')?;
    // A text that is not a tag may hold a `>` too, far away.
    (is_style && !text[..end].contains('<')).then_some(end + 1)
}
