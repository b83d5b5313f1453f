//! The desk that goes on without a server, as a module that the kiosk's page loads in a browser. The page writes a
//! question as JSON into the module's memory and reads the answer out of it; `desk.rs` says what can be asked. The page
//! keeps what is to be written down and sends what waits: the module does neither.
//! `ui/src/host/browser/meja/module.ts` is the other side.
//!
//! A panic ends the module's instance. The page then starts another one with what it has kept.

mod desk;

use std::cell::RefCell;

use desk::Desk;

/// The desk, and the text that the page writes and reads.
#[derive(Default)]
struct Module {
    desk: Desk,
    text: Vec<u8>,
}

thread_local! {
    static MODULE: RefCell<Module> = RefCell::default();
}

/// The functions that the page calls. Unsafe only because no two of them may have one name.
#[allow(unsafe_code, reason = "a function's name in the module is an unsafe attribute")]
mod exports {
    use super::MODULE;

    /// Where the page writes a question of so many bytes.
    #[unsafe(no_mangle)]
    extern "C" fn question(length: usize) -> *mut u8 {
        MODULE.with_borrow_mut(|module| {
            module.text = vec![0; length];
            module.text.as_mut_ptr()
        })
    }

    /// Answers the question. Gives the answer's length in bytes.
    #[unsafe(no_mangle)]
    extern "C" fn ask() -> usize {
        MODULE.with_borrow_mut(|module| {
            module.text = module.desk.ask(&module.text);
            module.text.len()
        })
    }

    /// Where the answer lies.
    #[unsafe(no_mangle)]
    extern "C" fn answer() -> *const u8 {
        MODULE.with_borrow(|module| module.text.as_ptr())
    }
}
