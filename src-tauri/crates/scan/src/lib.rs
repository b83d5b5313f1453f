//! Scanners, and the rules that turn what they send into codes: serial ports, USB HID in POS mode, webcams and a
//! watched folder of pictures. A page reads the scanner that types, because it has the keys. Of a text's meaning this
//! crate knows only whether it looks like the guest book's own; `domain` says whether it is a valid code. Nothing here
//! logs a code's text.
//!
//! ```no_run
//! # async fn run() {
//! use scan::{Outcome, Scanners, serial::{SerialPlace, SerialScanner}};
//!
//! let scanners = Scanners::default();
//! scanners.add(SerialScanner::new(SerialPlace::Name("COM3".into())));
//! while let Some(outcome) = scanners.next().await {
//!     match outcome {
//!         Outcome::Read(scan) => { /* send `scan.text` to the server */ }
//!         Outcome::Rejected(rejected) => { /* say what is wrong */ }
//!     }
//! }
//! # }
//! ```

pub mod camera;
pub mod folder;
pub mod framing;
pub mod hid;
mod outlet;
pub mod picture;
pub mod queue;
pub mod repeat;
mod scan;
mod scanner;
mod scanners;
pub mod serial;
mod status;
mod supervise;
pub mod text;

/// Turns pictures into texts. Also built for the pages.
pub use decoder as decode;
pub use scan::{Outcome, Rejected, Scan, SourceId, SourceKind};
pub use scanner::{Batch, MAX_WAIT, Reader, Scanner, Stop};
pub use scanners::{Scanners, ScannersOptions};
pub use status::{Fault, Rejection, State, Status, Statuses};
pub use supervise::Backoff;
