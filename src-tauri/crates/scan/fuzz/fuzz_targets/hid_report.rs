//! Takes any input reports of a HID device: nothing panics, memory stays bounded, and the next good read comes through.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::Batch;
use scan::hid::layout::COMMON;
use scan::hid::report::Assembler;
use scan::text::MAX_TEXT_BYTES;

fuzz_target!(|reports: Vec<&[u8]>| {
    let mut assembler = Assembler::new(COMMON);
    let mut batch = Batch::default();
    for report in reports {
        assembler.push(report, &mut batch);
        assert!(assembler.held_bytes() <= MAX_TEXT_BYTES, "{} bytes are held", assembler.held_bytes());
    }
    assembler.give_up(&mut batch);
    let mut batch = Batch::default();
    assembler.push(b"\x02\x04]Q1KODE", &mut batch);
    assert_eq!(batch.texts().collect::<Vec<_>>(), ["KODE"], "the read after the noise");
});
