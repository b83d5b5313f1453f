//! Configuration files as people type them: a Windows path stands between double quotes, where TOML takes each
//! backslash for the beginning of an escape.
//!
//! `"D:\buku\nama.db"` would be refused, or name another file in silence, because `\b` and `\n` are escapes. No value
//! of these files needs an escape.

use std::borrow::Cow;

/// The text as TOML, ready to be parsed. If a value in double quotes holds a single backslash, every backslash stands
/// for itself. A value that doubles all of them keeps to TOML's rule, and stays.
pub fn read(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| match value_of(line) {
        Some((before, value, after)) if is_as_typed(value) => {
            format!("{before}\"{}\"{after}", value.replace('\\', r"\\"))
        }
        _ => line.to_owned(),
    });
    Cow::Owned(lines.collect())
}

/// What stands before a value in double quotes, the value, and what stands after it. The value reaches to the last
/// quote, because a backslash before a quote belongs to a path.
fn value_of(line: &str) -> Option<(&str, &str, &str)> {
    let begin = line.find('=')? + 1;
    let quote = begin + line[begin..].find(|c: char| !c.is_whitespace())?;
    let rest = line[quote..].strip_prefix('"')?;
    let end = rest.rfind('"')?;
    let (value, after) = (&rest[..end], &rest[end + 1..]);
    let is_whole = after.trim().is_empty() || after.trim_start().starts_with('#');
    (is_whole && !value.contains('"')).then_some((&line[..quote], value, after))
}

/// Whether some run of backslashes does not consist of doubled ones.
fn is_as_typed(value: &str) -> bool {
    value.split(|c| c != '\\').any(|run| run.len() % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line's value by TOML's own rule.
    fn value(line: &str) -> Option<String> {
        let table: toml::Table = toml::from_str(&read(line)).ok()?;
        Some(table.get("a")?.as_str()?.to_owned())
    }

    #[test]
    fn backslashes_are_read_as_they_were_typed() {
        for (line, meant) in [
            (r#"a = "sqlite:C:\sekolah\buku.db""#, r"sqlite:C:\sekolah\buku.db"),
            // Each of these begins an escape of TOML's.
            (r#"a = "C:\buku\nama\tamu\r\f\u0041" "#, r"C:\buku\nama\tamu\r\f\u0041"),
            (r#"a="\\server\bagi\buku.db" # di server"#, r"\\server\bagi\buku.db"),
            (r#"a = "D:\""#, r"D:\"),
            (r#"a = "\\.\COM12""#, r"\\.\COM12"),
            ("a = \"C:\\Data Tata Usaha\\é\"\r\nb = 1\n", r"C:\Data Tata Usaha\é"),
        ] {
            assert_eq!(value(line).as_deref(), Some(meant), "{line}");
        }
    }

    #[test]
    fn what_keeps_to_tomls_rule_stays() {
        for (line, meant) in [
            (r#"a = "C:\\sekolah\\buku.db""#, r"C:\sekolah\buku.db"),
            (r"a = 'C:\sekolah\buku.db'", r"C:\sekolah\buku.db"),
            (r#"a = "mssql://a:b%5C@host/db""#, "mssql://a:b%5C@host/db"),
            (r#"a = "kata \"dalam\" kutip""#, r#"kata "dalam" kutip"#),
        ] {
            assert_eq!(value(line).as_deref(), Some(meant), "{line}");
        }
        let text = "# C:\\sekolah\n[b]\nc = 1\n";
        assert_eq!(read(text), text);
    }
}
