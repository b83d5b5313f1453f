//! Scanners, and the rules that turn what they send into codes: serial ports, USB HID in POS mode, webcams and a
//! watched folder of pictures. A scanner that types is the page's, which has the keys. Knows texts and nothing of what they mean:
//! whether a text is a valid code is `domain`'s to say. Nothing here logs what a code says.
//!
//! ```no_run
//! # async fn run() {
//! use scan::{Scanners, serial::{SerialPlace, SerialScanner}};
//!
//! let scanners = Scanners::default();
//! scanners.add(SerialScanner::new(SerialPlace::Name("COM3".into())));
//! while let Some(scan) = scanners.next().await {
//!     // send `scan.text` to the server
//! }
//! # }
//! ```

pub mod camera;
pub mod decode;
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

pub use scan::{Scan, SourceId, SourceKind};
pub use scanner::{Batch, MAX_WAIT, Reader, Scanner, Stop};
pub use scanners::{Scanners, ScannersOptions};
pub use status::{Fault, Rejection, State, Status, Statuses};
pub use supervise::Backoff;
