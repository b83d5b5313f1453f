//! Reads a HID report descriptor as far as needed to know where the fields of its input reports lie (HID 1.11 §6.2.2).
//! Takes any bytes. If they make no sense, returns the fields found so far.

/// A longer report is not a bar code scanner's.
const MAX_REPORT_BITS: usize = 8 * 4096;
/// How deep `Push` items may nest. Real descriptors have one or none.
const MAX_PUSHED: usize = 16;

/// Some bits of an input report that mean one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// The id of its report; `None` if the device does not number its reports.
    pub report_id: Option<u8>,
    /// What it means: usage page << 16 | usage.
    pub usage: u32,
    /// Its first bit, counted from the start of the report behind the report id.
    pub bit: usize,
    /// How many bits all its elements have together.
    pub bits: usize,
}

/// State that lasts from item to item until it is changed.
#[derive(Debug, Clone, Copy, Default)]
struct Globals {
    usage_page: u32,
    report_id: Option<u8>,
    report_size: usize,
    report_count: usize,
}

/// The named fields of all input reports, in the order in which they are described.
pub(super) fn input_fields(descriptor: &[u8]) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut globals = Globals::default();
    let mut pushed = Vec::new();
    // The first and last usage of each range for the next main item, and the minimum of one that is still open.
    let mut usages: Vec<(u32, u32)> = Vec::new();
    let mut usage_minimum = None;
    // The bits described so far, by the input report's id.
    let mut lengths: [usize; 256] = [0; 256];
    for (tag, data) in Items(descriptor) {
        let value = value(data);
        let usage = if data.len() == 4 { value } else { globals.usage_page << 16 | value };
        match tag {
            0x04 => globals.usage_page = value & 0xFFFF,
            0x74 => globals.report_size = value as usize,
            0x84 => globals.report_id = u8::try_from(value).ok(),
            0x94 => globals.report_count = value as usize,
            0xA4 if pushed.len() < MAX_PUSHED => pushed.push(globals),
            0xB4 => globals = pushed.pop().unwrap_or(globals),
            0x08 => usages.push((usage, usage)),
            0x18 => usage_minimum = Some(usage),
            0x28 => usages.extend(usage_minimum.take().map(|minimum| (minimum, usage))),
            0x80 => {
                let length = &mut lengths[usize::from(globals.report_id.unwrap_or(0))];
                let Some(end) = globals
                    .report_size
                    .checked_mul(globals.report_count)
                    .and_then(|bits| bits.checked_add(*length))
                    .filter(|end| *end <= MAX_REPORT_BITS)
                else {
                    return fields;
                };
                fields.extend(named(&usages, *length, end, globals));
                *length = end;
            }
            _ => {}
        }
        // A main item, also of output, feature and collection, uses up the local state.
        if tag & 0x0C == 0 {
            usages.clear();
            usage_minimum = None;
        }
    }
    fields
}

/// Shares the elements from bit `start` to bit `end` among the usages, one each. The last usage takes the rest.
fn named(usages: &[(u32, u32)], start: usize, end: usize, globals: Globals) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut bit = start;
    for (n, (first, last)) in usages.iter().enumerate() {
        for usage in *first..=*last {
            let left = end - bit;
            let is_last = n + 1 == usages.len() && usage == *last;
            let bits = if is_last { left } else { globals.report_size.min(left) };
            if bits == 0 {
                return fields;
            }
            fields.push(Field { report_id: globals.report_id, usage, bit, bits });
            bit += bits;
        }
    }
    fields
}

/// The items of a descriptor: the tag with its type (the prefix without its size bits), and the data. Skips long items,
/// which no device uses. Ends at an item that is cut short.
struct Items<'a>(&'a [u8]);

impl<'a> Iterator for Items<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        const LONG: u8 = 0xFE;
        loop {
            let (&prefix, rest) = self.0.split_first()?;
            let (size, header) = match prefix {
                LONG => (usize::from(*rest.first()?), 2),
                _ => ([0, 1, 2, 4][usize::from(prefix & 3)], 0),
            };
            let data = rest.get(header..header + size)?;
            self.0 = &rest[header + size..];
            if prefix != LONG {
                return Some((prefix & 0xFC, data));
            }
        }
    }
}

/// An item's data as a number, little-endian.
fn value(data: &[u8]) -> u32 {
    data.iter().rev().fold(0, |value: u32, byte| value << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_are_shared_out_among_the_usages() {
        let descriptor = [0x05, 0x8C, 0x75, 0x08, 0x95, 0x05, 0x09, 0x01, 0x19, 0x05, 0x29, 0x06, 0x81, 0x02];
        let field = |usage: u32, bit, bits| Field { report_id: None, usage: 0x8C_0000 | usage, bit, bits };
        assert_eq!(input_fields(&descriptor), [field(1, 0, 8), field(5, 8, 8), field(6, 16, 24)]);
    }

    #[test]
    fn push_and_pop_keep_what_was_set() {
        let descriptor = [
            0x05, 0x8C, 0x75, 0x08, 0x95, 0x01, 0xA4, 0x05, 0x01, 0x75, 0x10, 0x09, 0x02, 0x81, 0x02, 0xB4,
            0x09, 0x03, 0x81, 0x02,
        ];
        let found: Vec<_> = input_fields(&descriptor).iter().map(|f| (f.usage, f.bit, f.bits)).collect();
        assert_eq!(found, [(0x0001_0002, 0, 16), (0x008C_0003, 16, 8)]);
    }

    #[test]
    fn each_report_counts_its_own_bits() {
        let descriptor = [
            0x05, 0x8C, 0x75, 0x08, 0x95, 0x02, 0x85, 0x01, 0x09, 0x01, 0x81, 0x02, 0x85, 0x02, 0x09, 0x02,
            0x81, 0x02,
        ];
        let found: Vec<_> = input_fields(&descriptor).iter().map(|f| (f.report_id, f.bit)).collect();
        assert_eq!(found, [(Some(1), 0), (Some(2), 0)]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_fields_within_a_report(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for field in input_fields(&bytes) {
                prop_assert!(field.bits > 0, "an empty field: {field:?}");
                prop_assert!(field.bit + field.bits <= MAX_REPORT_BITS, "a field beyond its report: {field:?}");
            }
        }
    }
}
