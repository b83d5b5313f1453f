//! The decoder as a module that a page loads: its functions by name, with nothing but numbers in them. What is larger
//! lies in the module's memory, where the page writes pixels and reads the answer. `ui/src/kiosk/decode/instance.ts` is
//! the other side.
//!
//! A panic ends the module's instance. The page begins with another one, behind the step that failed.

mod reader;

use std::cell::RefCell;

use reader::Reader;

thread_local! {
    static READER: RefCell<Reader> = RefCell::default();
}

fn reader<T>(act: impl FnOnce(&mut Reader) -> T) -> T {
    READER.with_borrow_mut(act)
}

/// The functions that the page calls. No two may have one name, which is all that is unsafe about them.
#[allow(unsafe_code, reason = "a function's name in the module is an unsafe attribute")]
mod exports {
    use super::reader;

    /// Where the page writes so many pixels, four bytes each: red, green, blue, and one that does not count.
    #[unsafe(no_mangle)]
    extern "C" fn pixels(count: usize) -> *mut u8 {
        reader(|reader| reader.pixels(count).as_mut_ptr())
    }

    /// Reads the pixels as a camera's next frame.
    #[unsafe(no_mangle)]
    extern "C" fn frame(width: usize, height: usize) {
        reader(|reader| reader.frame(width, height));
    }

    /// Begins a picture, which has no rows yet.
    #[unsafe(no_mangle)]
    extern "C" fn picture(width: usize, height: usize) {
        reader(|reader| reader.picture(width, height));
    }

    /// Adds the pixels to the picture, as its next rows.
    #[unsafe(no_mangle)]
    extern "C" fn rows() {
        reader(|reader| reader.rows());
    }

    /// Begins to read the picture, less its first steps, with so much work. False where rows are missing.
    #[unsafe(no_mangle)]
    extern "C" fn begin(skipped: usize, work: f64) -> bool {
        reader(|reader| reader.begin(skipped, work as u64))
    }

    /// Makes the next step. False where there is none any more.
    #[unsafe(no_mangle)]
    extern "C" fn step() -> bool {
        reader(|reader| reader.step())
    }

    /// Whether the plain steps were made, after which a text that is wanted is enough.
    #[unsafe(no_mangle)]
    extern "C" fn is_past_plain() -> bool {
        reader(|reader| reader.is_past_plain())
    }

    /// Some code was read, and none that is wanted: only so much more is tried.
    #[unsafe(no_mangle)]
    extern "C" fn limit_to_foreign() {
        reader(|reader| reader.limit_to_foreign());
    }

    /// The work that may still be done; what a picture is worth before it has begun.
    #[unsafe(no_mangle)]
    extern "C" fn work_left() -> f64 {
        reader(|reader| reader.work_left() as f64)
    }

    /// Where the texts stand that were read of the frame, or of the picture so far: each behind its length in bytes,
    /// which is four bytes, the lowest first.
    #[unsafe(no_mangle)]
    extern "C" fn answer() -> *const u8 {
        reader(|reader| reader.answer().as_ptr())
    }

    /// How many bytes the texts take.
    #[unsafe(no_mangle)]
    extern "C" fn answer_length() -> usize {
        reader(|reader| reader.answer().len())
    }
}
