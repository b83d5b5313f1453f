//! Joins the input reports of a HID POS bar code scanner into reads. Pure: reports in, reads out, whatever the reports
//! hold. `layout` knows where the fields lie.

use super::layout::Layout;
use crate::text::MAX_TEXT_BYTES;
use crate::{Batch, Rejection};

/// Joins the reports of one read. A code that is longer than one report comes in several, and each but the last says
/// that more follows.
#[derive(Debug)]
pub struct Assembler {
    layout: Layout,
    data: Vec<u8>,
    /// The read under way is longer than [`MAX_TEXT_BYTES`] and is dropped up to its last report.
    dropping: bool,
    /// A report said that more follows.
    unfinished: bool,
}

impl Assembler {
    /// For a device whose reports look like this.
    pub fn new(layout: Layout) -> Self {
        Self { layout, data: Vec::new(), dropping: false, unfinished: false }
    }

    /// Takes one report as `hidapi` reads it, with the report id first if the device numbers its reports. Passes over
    /// reports that carry no code. If a report does not fit the layout, rejects it together with what it continues.
    pub fn push(&mut self, report: &[u8], batch: &mut Batch) {
        if self.layout.report_id.is_some_and(|id| report.first() != Some(&id)) {
            return;
        }
        let Some((data, more)) = self.layout.fields(report) else {
            self.clear();
            batch.reject(Rejection::Malformed);
            return;
        };
        if self.dropping || self.data.len() + data.len() > MAX_TEXT_BYTES {
            self.data.clear();
            self.dropping = true;
        } else {
            self.data.extend_from_slice(data);
        }
        self.unfinished = more;
        if more {
            return;
        }
        if self.dropping {
            batch.reject(Rejection::TooLong);
        } else {
            batch.push(&self.data);
        }
        self.clear();
    }

    /// Tells that the device has sent nothing for long. The rest of an unfinished read will not come, and half a code
    /// is no code.
    pub fn give_up(&mut self, batch: &mut Batch) {
        if self.unfinished {
            batch.reject(Rejection::Malformed);
            self.clear();
        }
    }

    /// The bytes held for the read that is under way, at most [`MAX_TEXT_BYTES`].
    pub fn held_bytes(&self) -> usize {
        self.data.len()
    }

    fn clear(&mut self) {
        self.data.clear();
        self.dropping = false;
        self.unfinished = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hid::layout::COMMON;

    /// One report in the common layout.
    fn report(data: &[u8], more: bool) -> Vec<u8> {
        let mut report = vec![0; 64];
        report[0] = 2;
        report[1] = data.len() as u8;
        report[2..5].copy_from_slice(b"]Q1");
        report[5..5 + data.len()].copy_from_slice(data);
        report[61] = b's';
        report[63] = u8::from(more);
        report
    }

    fn read(reports: &[Vec<u8>]) -> Batch {
        let mut assembler = Assembler::new(COMMON);
        let mut batch = Batch::default();
        reports.iter().for_each(|report| assembler.push(report, &mut batch));
        batch
    }

    #[track_caller]
    fn assert_reads(reports: &[Vec<u8>], texts: &[&str], rejections: &[Rejection]) {
        let batch = read(reports);
        assert_eq!(batch.texts().collect::<Vec<_>>(), texts, "the texts");
        assert_eq!(batch.rejections().cloned().collect::<Vec<_>>(), rejections, "the rejections");
    }

    #[test]
    fn one_report_is_one_read() {
        assert_reads(&[report(b"KODE", false), report(b"LAIN", false)], &["KODE", "LAIN"], &[]);
    }

    #[test]
    fn a_long_code_comes_in_several_reports() {
        let (first, second) = ([b'A'; 56], [b'B'; 4]);
        let whole = format!("{}BBBB", "A".repeat(56));
        assert_reads(&[report(&first, true), report(&second, false)], &[&whole], &[]);
        assert_reads(&[report(&first, true), report(b"", false)], &[&"A".repeat(56)], &[]);
    }

    #[test]
    fn other_reports_of_the_device_are_passed_over() {
        assert_reads(&[vec![4, 1], vec![], report(b"KODE", false)], &["KODE"], &[]);
    }

    #[test]
    fn a_report_that_does_not_fit_is_rejected_and_the_next_read_is_whole() {
        let mut overlong = report(b"", false);
        overlong[1] = 57;
        let rejected = [Rejection::Malformed];
        assert_reads(&[overlong, report(b"KODE", false)], &["KODE"], &rejected);
        assert_reads(&[vec![2, 4, b']', b'Q'], report(b"KODE", false)], &["KODE"], &rejected);
        assert_reads(&[report(b"SETENGAH", true), vec![2], report(b"KODE", false)], &["KODE"], &rejected);
    }

    #[test]
    fn the_rest_that_never_comes_is_given_up() {
        let mut assembler = Assembler::new(COMMON);
        let mut batch = Batch::default();
        assembler.push(&report(b"SETENGAH", true), &mut batch);
        assembler.give_up(&mut batch);
        assembler.give_up(&mut batch);
        assembler.push(&report(b"KODE", false), &mut batch);
        assert_eq!(batch.texts().collect::<Vec<_>>(), ["KODE"], "half a code was joined to the next one");
        assert_eq!(batch.rejections().count(), 1, "half a code is one rejection");
    }

    #[test]
    fn a_read_without_end_costs_no_memory() {
        let mut assembler = Assembler::new(COMMON);
        let mut batch = Batch::default();
        for _ in 0..10_000 {
            assembler.push(&report(&[b'X'; 56], true), &mut batch);
            assert!(assembler.held_bytes() <= MAX_TEXT_BYTES, "{} bytes are held", assembler.held_bytes());
        }
        assembler.push(&report(b"X", false), &mut batch);
        assembler.push(&report(b"KODE", false), &mut batch);
        assert_eq!(batch.rejections().collect::<Vec<_>>(), [&Rejection::TooLong]);
        assert_eq!(batch.texts().collect::<Vec<_>>(), ["KODE"]);
    }

    proptest! {
        #[test]
        fn after_any_reports_the_next_read_is_whole(
            reports in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..70), 0..40),
        ) {
            let mut assembler = Assembler::new(COMMON);
            let mut batch = Batch::default();
            for mut noise in reports {
                if let Some(id) = noise.first_mut() {
                    *id %= 4;
                }
                assembler.push(&noise, &mut batch);
                prop_assert!(assembler.held_bytes() <= MAX_TEXT_BYTES, "{} bytes are held", assembler.held_bytes());
            }
            assembler.give_up(&mut batch);
            let mut batch = Batch::default();
            assembler.push(&report(b"KODE", false), &mut batch);
            prop_assert_eq!(batch.texts().collect::<Vec<_>>(), ["KODE"]);
        }

        #[test]
        fn any_text_survives_being_cut_into_reports(text in "[A-Z0-9:/.]{1,300}") {
            let parts: Vec<_> = text.as_bytes().chunks(56).collect();
            let last = parts.len() - 1;
            let reports: Vec<_> = parts.iter().enumerate().map(|(n, part)| report(part, n < last)).collect();
            let batch = read(&reports);
            prop_assert_eq!(batch.texts().collect::<Vec<_>>(), [text.as_str()]);
        }
    }
}
