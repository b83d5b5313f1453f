//! A workbook: one sheet a table, with real dates, numbers and lengths of time.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use crate::{
    Imprint, Report, Result,
    cell::{Cell, Column, Table},
    tables,
};

/// A report as a workbook.
///
/// # Errors
/// [`Error::Xlsx`](crate::Error::Xlsx).
pub fn xlsx(report: &Report) -> Result<Vec<u8>> {
    of(&report.imprint(), &tables::all(report))
}

/// Tables, each on a sheet of its own.
pub(crate) fn of(imprint: &Imprint<'_>, tables: &[Table]) -> Result<Vec<u8>> {
    let mut book = begin(imprint);
    let formats = Formats::new();
    for table in tables {
        write(book.add_worksheet(), table, &formats)?;
    }
    Ok(book.save_to_buffer()?)
}

/// An empty workbook with its title.
pub(crate) fn begin(imprint: &Imprint<'_>) -> Workbook {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_title(imprint.judul).set_company(&imprint.sekolah.nama);
    if let Ok(made) = ExcelDateTime::from_timestamp(imprint.dibuat_pada.timestamp()) {
        properties = properties.set_creation_datetime(&made);
    }
    book.set_properties(&properties);
    book
}

/// How cells look.
pub(crate) struct Formats {
    head: Format,
    count: Format,
    decimal: Format,
    percent: Format,
    seconds: Format,
    date: Format,
    instant: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        let number = |format: &str| Format::new().set_num_format(format);
        Self {
            head: Format::new()
                .set_bold()
                .set_background_color(0x00E8_EEF4)
                .set_align(FormatAlign::Top)
                .set_text_wrap(),
            count: number("#,##0"),
            decimal: number("0.00"),
            percent: number("0.0%"),
            seconds: number("[h]:mm:ss"),
            date: number("dd/mm/yyyy"),
            instant: number("dd/mm/yyyy hh:mm:ss"),
        }
    }
}

/// Seconds of a day, which is 1 in a workbook.
const DAY: f64 = 86_400.0;

pub(crate) fn write(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<()> {
    head(sheet, table.title, &table.columns, formats)?;
    for (at, cells) in (1..).zip(&table.rows) {
        row(sheet, at, cells, formats)?;
    }
    Ok(())
}

/// The name of a sheet, and its first row, which stays in sight.
pub(crate) fn head(sheet: &mut Worksheet, title: &str, columns: &[Column], formats: &Formats) -> Result<()> {
    sheet.set_name(title)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (at, column) in (0..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
    }
    for (at, column) in (0..).zip(columns) {
        sheet.write_string_with_format(0, at, &column.title, &formats.head)?;
    }
    Ok(())
}

/// One row.
pub(crate) fn row(sheet: &mut Worksheet, at: u32, cells: &[Cell], formats: &Formats) -> Result<()> {
    for (column, cell) in (0..).zip(cells) {
        let (number, format) = match cell {
            Cell::Empty => continue,
            Cell::Text(text) => {
                sheet.write_string(at, column, fitting(text))?;
                continue;
            }
            Cell::Date(day) => {
                sheet.write_with_format(at, column, day, &formats.date)?;
                continue;
            }
            Cell::Instant(instant) => {
                sheet.write_with_format(at, column, instant, &formats.instant)?;
                continue;
            }
            Cell::Count(n) => (*n as f64, &formats.count),
            Cell::Decimal(value) => (*value, &formats.decimal),
            Cell::Percent(value) => (value / 100.0, &formats.percent),
            Cell::Seconds(seconds) => (seconds / DAY, &formats.seconds),
        };
        sheet.write_number_with_format(at, column, number, format)?;
    }
    Ok(())
}

/// As much of a text as a cell takes.
fn fitting(text: &str) -> &str {
    const MAX: usize = 32_000;
    text.char_indices().nth(MAX).map_or(text, |(end, _)| &text[..end])
}
