//! Pictures that are made to cost much. Reading them ends once its work is spent or once it is late, whichever is
//! first.

use std::cell::Cell;

use qrcode::QrCode;
use scan::decode::{Budget, Decoder, LumaImage};

/// Squares like finder patterns all over the picture.
fn finders(across: usize, down: usize) -> LumaImage {
    let (width, height) = (across * 16, down * 16);
    let pixel = |i: usize| {
        let ring = (i % width % 16).abs_diff(7).max((i / width % 16).abs_diff(7));
        if matches!(ring, 0..=2 | 5 | 6) { 0 } else { 255 }
    };
    LumaImage::new((0..width * height).map(pixel).collect(), width, height).expect("a picture")
}

/// A plain code in the middle of a white picture.
fn code() -> LumaImage {
    let code = QrCode::new("KODE POLOS").expect("a code");
    let code = code.render::<image::Luma<u8>>().module_dimensions(8, 8).build();
    let mut picture = image::GrayImage::from_pixel(1280, 960, image::Luma([255]));
    image::imageops::overlay(&mut picture, &code, 500, 300);
    LumaImage::new(picture.into_raw(), 1280, 960).expect("a picture")
}

#[test]
fn two_thousand_squares_end_by_themselves() {
    let mut decoder = Decoder::new();
    for picture in [finders(50, 40), finders(200, 150)] {
        let budget = Budget::new(Budget::STILL);
        assert!(decoder.decode_picture_within(&picture, &budget, |_| true).is_empty());
    }
    // The next picture gets all the work that it needs.
    assert_eq!(decoder.decode_picture(&code()), ["KODE POLOS"]);
}

#[test]
fn a_small_budget_is_kept_and_said_to_be_spent() {
    let budget = Budget::new(20_000_000);
    assert!(Decoder::new().decode_picture_within(&finders(50, 40), &budget, |_| true).is_empty());
    assert!(budget.is_spent(), "something else ended it");
}

#[test]
fn it_ends_soon_after_it_is_late() {
    let picture = finders(50, 40);
    for asked_before in [0, 1, 50, 3000] {
        let asked = Cell::new(0);
        let late = || {
            asked.set(asked.get() + 1);
            asked.get() > asked_before
        };
        let budget = Budget::until(Budget::STILL, &late);
        Decoder::new().decode_picture_within(&picture, &budget, |_| true);
        assert_eq!(asked.get(), asked_before + 1, "it went on after it was late");
        assert!(budget.is_spent());
    }
}

#[test]
fn a_plain_code_takes_a_small_part_of_the_budget() {
    let budget = Budget::new(Budget::STILL);
    let texts = Decoder::new().decode_picture_within(&code(), &budget, |_| true);
    assert_eq!(texts, ["KODE POLOS"]);
    let spent = Budget::STILL - budget.left();
    assert!(spent < Budget::STILL / 100, "{spent} of work for a plain code");
}

#[test]
fn a_foreign_code_is_read_after_some_search_for_ours() {
    let budget = Budget::new(Budget::STILL);
    let texts = Decoder::new().decode_picture_within(&code(), &budget, |_| false);
    assert_eq!(texts, ["KODE POLOS"]);
    assert!(budget.left() <= scan::decode::FOREIGN_WORK, "it would have searched on and on");
}

#[test]
fn frames_full_of_squares_are_as_soon_over() {
    let picture = finders(80, 45);
    let mut decoder = Decoder::new();
    for _ in 0..12 {
        assert!(decoder.decode_frame(picture.view()).is_empty());
    }
}
