//! Takes any bytes on a serial line: nothing panics, memory stays bounded, and the next good read comes through.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::Batch;
use scan::framing::Framer;
use scan::text::MAX_TEXT_BYTES;

fuzz_target!(|parts: Vec<&[u8]>| {
    let mut framer = Framer::default();
    let mut batch = Batch::default();
    for part in parts {
        match part {
            [] => framer.pause(&mut batch),
            bytes => framer.push(bytes, &mut batch),
        }
        assert!(framer.held_bytes() <= MAX_TEXT_BYTES, "{} bytes are held", framer.held_bytes());
    }
    framer.push(b"\r", &mut batch);
    let mut batch = Batch::default();
    framer.push(b"KODE\r", &mut batch);
    assert_eq!(batch.texts().collect::<Vec<_>>(), ["KODE"], "the read after the noise");
});
