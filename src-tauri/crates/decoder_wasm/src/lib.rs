//! The decoder as a module that a page loads. Its functions take and return only numbers; everything larger lies in the
//! module's memory, where the page writes pixels and reads the answer. `ui/src/kiosk/decode/instance.ts` is the other
//! side.
//!
//! A panic ends the module's instance. The page then starts another instance behind the step that failed.

mod reader;

use std::cell::RefCell;

use reader::Reader;

thread_local! {
    static READER: RefCell<Reader> = RefCell::default();
}

fn reader<T>(act: impl FnOnce(&mut Reader) -> T) -> T {
    READER.with_borrow_mut(act)
}

/// The functions that the page calls. Unsafe only because no two of them may have one name.
#[allow(unsafe_code, reason = "a function's name in the module is an unsafe attribute")]
mod exports {
    use super::reader;

    /// Where the page writes so many pixels. Each has four bytes: red, green, blue, and one that is ignored.
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

    /// Adds the pixels to the picture as its next rows.
    #[unsafe(no_mangle)]
    extern "C" fn rows() {
        reader(|reader| reader.rows());
    }

    /// Begins to read the picture with so much work, without its first `skipped` steps. False if rows are missing.
    #[unsafe(no_mangle)]
    extern "C" fn begin(skipped: usize, work: f64) -> bool {
        reader(|reader| reader.begin(skipped, work as u64))
    }

    /// Makes the next step. False if there is none left.
    #[unsafe(no_mangle)]
    extern "C" fn step() -> bool {
        reader(|reader| reader.step())
    }

    /// Whether the plain steps were made. After that, one text that is wanted is enough.
    #[unsafe(no_mangle)]
    extern "C" fn is_past_plain() -> bool {
        reader(|reader| reader.is_past_plain())
    }

    /// Limits the work that is left, because some code was read, but none that is wanted.
    #[unsafe(no_mangle)]
    extern "C" fn limit_to_foreign() {
        reader(|reader| reader.limit_to_foreign());
    }

    /// The work that may still be done. Before a picture has begun, what a picture is worth.
    #[unsafe(no_mangle)]
    extern "C" fn work_left() -> f64 {
        reader(|reader| reader.work_left() as f64)
    }

    /// Where the texts of the frame, or of the picture so far, lie. Each stands behind its length in bytes, which takes
    /// four bytes, the lowest first.
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
