//! The rows of a table in text, numbered as a spreadsheet numbers them.

use csv::{Reader, ReaderBuilder, StringRecord};

/// Reads a table row by row. Lines end in any of the ways in which systems end them.
pub struct CsvRows<'a> {
    text: &'a [u8],
    reader: Reader<&'a [u8]>,
    record: StringRecord,
    /// The row that was read last, from 1 on.
    row: u32,
    /// Where it ends.
    end: usize,
}

impl<'a> CsvRows<'a> {
    /// The rows of a text whose cells are separated so.
    pub fn new(text: &'a str, separator: u8) -> Self {
        let text = text.as_bytes();
        let reader =
            ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text);
        Self { text, reader, record: StringRecord::new(), row: 0, end: 0 }
    }

    /// The next row that is not blank, with its number. Blank lines count, because a spreadsheet shows them; a cell of
    /// several lines does not.
    ///
    /// # Errors
    /// It is no table.
    pub fn read(&mut self) -> Result<Option<(u32, &StringRecord)>, csv::Error> {
        self.row += self.blank_lines();
        if !self.reader.read_record(&mut self.record)? {
            return Ok(None);
        }
        self.row += 1;
        self.end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        Ok(Some((self.row, &self.record)))
    }

    /// Lines without anything after the row that was read last.
    fn blank_lines(&self) -> u32 {
        let mut rest = self.text.get(self.end..).unwrap_or_default();
        let ended = self.text.get(..self.end).unwrap_or_default();
        if let (Some(b'\r'), [b'\n', after @ ..]) = (ended.last(), rest) {
            rest = after;
        }
        let mut count = 0;
        while let [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] = rest {
            rest = after;
            count += 1;
        }
        count
    }
}

/// A first line `sep=;` tells a spreadsheet what separates the cells, and is no row: that separator, and the rest.
pub fn told_separator(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_at(text.find(['\r', '\n']).unwrap_or(text.len()));
    let told =
        line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &line.as_bytes()[4..]);
    match told {
        Some([separator]) => {
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n']));
            (Some(*separator), rest.unwrap_or_default())
        }
        _ => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> Vec<(u32, String)> {
        let mut rows = CsvRows::new(text, b';');
        let mut read = Vec::new();
        while let Some((row, record)) = rows.read().unwrap() {
            read.push((row, record[0].to_owned()));
        }
        read
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "a;1", "", "\"b\";2", "", "", "c;3", ""].join(end);
            let expected = [(2, "a"), (4, "b"), (7, "c")].map(|(row, text)| (row, text.to_owned()));
            assert_eq!(numbered(&text), expected, "{end:?}");
        }
        assert_eq!(numbered("\"a\nb\";1\nc;2"), [(1, "a\nb".to_owned()), (2, "c".to_owned())]);
        assert_eq!(numbered("a;1\r\nb;2\r\nc;3\r\n").last(), Some(&(3, "c".to_owned())));
    }

    #[test]
    fn a_told_separator_is_no_row() {
        assert_eq!(told_separator("sep=,\r\na;b"), (Some(b','), "a;b"));
        assert_eq!(told_separator("SEP=\t\ra"), (Some(b'\t'), "a"));
        assert_eq!(told_separator("seperti\na"), (None, "seperti\na"));
    }
}
