//! The front desk's devices, as pages know them.

use serde::Serialize;
use ts_rs::TS;

/// One scanner that the program reads by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Scanner {
    /// By which it is told apart from others.
    pub id: String,
    /// How it reaches this PC.
    pub kind: ScannerKind,
    /// Its own name, if it has one.
    pub name: String,
    /// How it is.
    pub state: ScannerState,
}

/// How a scanner reaches this PC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScannerKind {
    /// A serial port, or USB that looks like one.
    Serial,
    /// USB HID in POS mode.
    Hid,
    /// A webcam.
    Camera,
    /// A folder into which pictures are put.
    Folder,
}

/// How a scanner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScannerState {
    /// It is looked for.
    Opening,
    /// It reads.
    Ready,
    /// It does not.
    #[serde(untagged)]
    Fault(ScannerFault),
}

/// Why a scanner cannot read; each says what a person can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScannerFault {
    /// Plug it in, or correct the setting.
    NotFound,
    /// Close the program that has it.
    Busy,
    /// Grant access.
    Denied,
    /// It went away: plug it in again.
    Lost,
    /// It delivers nothing: plug it out and in again.
    Hung,
    /// Anything else; the log has the driver's words.
    Failed,
}

/// Something that was shown to a scanner and not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ScanRejection {
    /// The scanner's id.
    pub source: String,
    /// How it reaches this PC.
    pub kind: ScannerKind,
    /// Why it was not read.
    pub why: WhyRejected,
    /// The picture's name, if it was one in the folder.
    pub file: Option<String>,
    /// The name of its format, if that is not read.
    pub format: Option<String>,
}

/// Why something was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhyRejected {
    /// Longer than any code.
    TooLong,
    /// Noise.
    NotText,
    /// The device does not keep to its own form.
    Malformed,
    /// A picture without a text.
    #[serde(untagged)]
    Picture(PictureFault),
}

/// Why a picture gave no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureFault {
    /// A good picture, and no code in it.
    NoCode,
    /// It cannot be read as a picture.
    Broken,
    /// A file without content.
    Empty,
    /// Larger than any photograph.
    TooLarge,
    /// A good one that is not read here, such as HEIC.
    UnknownFormat,
    /// The system lets nobody read it.
    Denied,
    /// It took too long, with so much in it that looks like codes.
    GivenUp,
}

/// What another PC needs to find this one's server, and to know that it is the right one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Pairing {
    /// Addresses of this PC in the school's network.
    pub urls: Vec<String>,
    /// What the other screen must show too.
    pub fingerprint: Option<String>,
}
