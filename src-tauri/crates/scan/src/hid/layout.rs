//! Where the fields lie in a bar code scanner's input report, as the device's own report descriptor says. If a device
//! or system gives none, the layout that Honeywell, Zebra, Datalogic and Access-IS share. Pure.
//!
//! Sources: USB HID Point of Sale Usage Tables 1.02 (usage page 0x8C), USB Device Class Definition for HID 1.11 §6.2.2
//! (report descriptors), and the makers' manuals for the common layout (Access-IS LSR118, appendix B).

use super::descriptor::{Field, input_fields};

/// Usages that matter, as page << 16 | usage.
const BYTE_COUNT: u32 = 0x0001_003B;
const DECODED_DATA: u32 = 0x008C_00FE;
const DECODE_DATA_CONTINUED: u32 = 0x008C_00FF;

/// Where the fields lie in one kind of input report, in bytes from the start of what `hidapi` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The first byte of reports that carry codes; `None` if the device does not number its reports.
    pub report_id: Option<u8>,
    /// The byte that says how many of the data bytes are used. Without it, the data ends where only zeros follow.
    pub length: Option<usize>,
    /// The first byte of the data.
    pub data: usize,
    /// Data bytes in one report.
    pub data_bytes: usize,
    /// The byte, and the bits in it, which say that the code goes on in the next report.
    pub more: Option<(usize, u8)>,
}

/// Report id 2: length, AIM symbology identifier (3 bytes), data (56), maker's symbology (2), "more" flag.
pub const COMMON: Layout =
    Layout { report_id: Some(2), length: Some(1), data: 5, data_bytes: 56, more: Some((63, 0x01)) };

impl Layout {
    /// The layout that a report descriptor gives; `None` if it describes no decoded data in whole bytes.
    pub fn from_descriptor(descriptor: &[u8]) -> Option<Self> {
        let fields = input_fields(descriptor);
        let data = fields.iter().find(|field| field.usage == DECODED_DATA)?;
        // The id is a byte of its own before the fields.
        let shift = usize::from(data.report_id.is_some());
        let same_report = |usage: u32| {
            fields.iter().find(move |field| field.usage == usage && field.report_id == data.report_id)
        };
        let is_byte = |field: &&Field| field.bit.is_multiple_of(8) && field.bits == 8;
        if !data.bit.is_multiple_of(8) || data.bits < 8 {
            return None;
        }
        Some(Self {
            report_id: data.report_id,
            length: same_report(BYTE_COUNT).filter(is_byte).map(|field| field.bit / 8 + shift),
            data: data.bit / 8 + shift,
            data_bytes: data.bits / 8,
            more: same_report(DECODE_DATA_CONTINUED)
                .map(|field| (field.bit / 8 + shift, first_byte_mask(field))),
        })
    }

    /// The used data of a report, and whether more follows; `None` if the report does not fit.
    pub(super) fn fields<'a>(&self, report: &'a [u8]) -> Option<(&'a [u8], bool)> {
        // A device may leave out what it does not use at a report's end, but not what it says it used.
        let data = report.get(self.data..)?;
        let data = &data[..data.len().min(self.data_bytes)];
        let used = match self.length {
            Some(length) => usize::from(*report.get(length)?),
            None => data.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1),
        };
        let more =
            self.more.is_some_and(|(byte, mask)| report.get(byte).is_some_and(|flags| flags & mask != 0));
        Some((data.get(..used)?, more))
    }
}

/// The field's bits that lie in its first byte.
fn first_byte_mask(field: &Field) -> u8 {
    let first = field.bit % 8;
    let bits = field.bits.min(8 - first);
    ((u16::from(u8::MAX) >> (8 - bits)) << first) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A descriptor as the makers write it for the common layout: one logical collection with report id 2.
    const NUMBERED: &[u8] = &[
        0x05, 0x8C, 0x09, 0x02, 0xA1,
        0x01, // usage page bar code scanner; application: bar code scanner
        0x09, 0x12, 0xA1, 0x02, 0x85, 0x02, // scanned data report; logical; report id 2
        0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, // 0 to 255, 8 bits each
        0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02, // byte count
        0x95, 0x03, 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x81,
        0x02, // symbology identifier 1 to 3
        0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01, // decoded data, 56 buffered bytes
        0x06, 0x66, 0xFF, 0x95, 0x02, 0x09, 0x04, 0x09, 0x00, 0x81, 0x02, // the maker's own two bytes
        0x05, 0x8C, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02, // data continued, 1 bit
        0x75, 0x07, 0x81, 0x03, 0xC0, // padding
        0x09, 0x14, 0xA1, 0x02, 0x85, 0x04, 0x75, 0x01, 0x95, 0x08, 0x09, 0x60, 0x91, 0x02,
        0xC0, // an output
        0xC0,
    ];

    #[test]
    fn a_descriptor_of_the_common_kind_gives_the_common_layout() {
        assert_eq!(Layout::from_descriptor(NUMBERED), Some(COMMON));
    }

    #[test]
    fn a_device_without_report_ids_and_byte_count_is_understood() {
        let descriptor = [
            0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x75, 0x08, // bar code scanner, 8 bits each
            0x95, 0x03, 0x19, 0xFB, 0x29, 0xFD, 0x81, 0x02, // symbology identifiers as a range
            0x95, 0x1E, 0x09, 0xFE, 0x81, 0x02, // decoded data, 30 bytes
            0x95, 0x01, 0x09, 0xFF, 0x81, 0x02, 0xC0, // data continued, a whole byte
        ];
        let layout = Layout::from_descriptor(&descriptor).expect("the layout of a plain descriptor");
        let expected =
            Layout { report_id: None, length: None, data: 3, data_bytes: 30, more: Some((33, 0xFF)) };
        assert_eq!(layout, expected);
        let mut report = [0; 34];
        report[..7].copy_from_slice(b"]Q1KODE");
        assert_eq!(layout.fields(&report), Some((&b"KODE"[..], false)), "padding is part of the data");
    }

    #[test]
    fn a_keyboard_is_no_bar_code_scanner() {
        let keyboard = [
            0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01,
            0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0xC0,
        ];
        assert_eq!(Layout::from_descriptor(&keyboard), None);
    }

    #[test]
    fn a_report_cut_short_behind_its_data_is_read() {
        assert_eq!(COMMON.fields(b"\x02\x04]Q1KODE"), Some((&b"KODE"[..], false)));
        assert_eq!(COMMON.fields(b"\x02\x05]Q1KODE"), None, "data that is not there was read");
    }
}
