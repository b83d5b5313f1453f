//! Scanners, and the rules that turn what they send into codes: serial ports, USB HID in POS mode, webcams and a
//! watched folder of pictures. A scanner that types is the page's, which has the keys. Knows texts, and of what they
//! mean only which of several look like the guest book's own: whether a text is a valid code is `domain`'s to say.
//! Nothing here logs what a code says.
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

/// From pictures to texts; also built for the pages.
pub use decoder as decode;
pub use scan::{Outcome, Rejected, Scan, SourceId, SourceKind};
pub use scanner::{Batch, MAX_WAIT, Reader, Scanner, Stop};
pub use scanners::{Scanners, ScannersOptions};
pub use status::{Fault, Rejection, State, Status, Statuses};
pub use supervise::Backoff;
