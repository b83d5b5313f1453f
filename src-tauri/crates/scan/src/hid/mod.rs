//! USB scanners in HID POS mode (usage page 0x8C), which need no driver, no baud rate and no keyboard layout. Owns
//! finding, opening and reading the device; `layout` and `report` read its reports.

mod descriptor;
pub mod layout;
pub mod report;
mod system;

use std::time::{Duration, Instant};

use self::layout::Layout;
use self::report::Assembler;
pub use self::system::SystemHid;
use crate::{Batch, Fault, MAX_WAIT, Reader, Scanner, SourceId, SourceKind, Stop};

/// The usage page of bar code scanners (HID POS Usage Tables 1.02).
pub const BAR_CODE_SCANNER_PAGE: u16 = 0x8C;

/// If the next report comes later, it is not of the same read. A device sends its reports as fast as it is polled,
/// every few ms.
const MAX_REPORT_GAP: Duration = Duration::from_millis(500);

/// Room for any report of a bar code scanner.
const MAX_REPORT_BYTES: usize = 1024;

/// Finds and opens HID devices. The operating system implements it, or a test.
pub trait HidBus: Send + 'static {
    /// Opens the bar code scanner at this place.
    ///
    /// # Errors
    /// Why there is none to read.
    fn open(&mut self, place: HidPlace) -> Result<HidDevice, Fault>;
}

/// An open bar code scanner.
pub struct HidDevice {
    /// Where its reports come from.
    pub reports: Box<dyn HidReports>,
    /// What they look like.
    pub layout: Layout,
}

/// The input reports of an open device. Dropping it closes the device.
pub trait HidReports {
    /// Waits so long for a report and returns its length, or 0 if none came. Cuts a report that is longer than the
    /// buffer.
    ///
    /// # Errors
    /// If the device is gone.
    fn read(&mut self, report: &mut [u8], wait: Duration) -> Result<usize, Fault>;
}

/// Which scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HidPlace {
    /// The first in POS mode that opens, for a desk with one scanner.
    Any,
    /// The first in POS mode with these ids.
    Usb {
        /// USB vendor id.
        vendor_id: u16,
        /// USB product id.
        product_id: u16,
    },
}

impl HidPlace {
    /// Whether a device with these ids is meant.
    pub fn includes(self, vendor: u16, product: u16) -> bool {
        match self {
            Self::Any => true,
            Self::Usb { vendor_id, product_id } => (vendor, product) == (vendor_id, product_id),
        }
    }
}

/// A scanner in HID POS mode.
#[derive(Debug)]
pub struct HidScanner<B> {
    bus: B,
    place: HidPlace,
}

impl HidScanner<SystemHid> {
    /// The scanner at this place on this PC's USB.
    pub fn new(place: HidPlace) -> Self {
        Self::on(SystemHid, place)
    }
}

impl<B: HidBus> HidScanner<B> {
    /// The scanner at this place on another bus.
    pub fn on(bus: B, place: HidPlace) -> Self {
        Self { bus, place }
    }
}

impl<B: HidBus> Scanner for HidScanner<B> {
    fn source(&self) -> SourceId {
        let name = match self.place {
            HidPlace::Any => "any".to_owned(),
            HidPlace::Usb { vendor_id, product_id } => format!("{vendor_id:04x}:{product_id:04x}"),
        };
        SourceId::new(SourceKind::Hid, name)
    }

    fn open(&mut self, _stop: &Stop) -> Result<Box<dyn Reader>, Fault> {
        let device = self.bus.open(self.place)?;
        let assembler = Assembler::new(device.layout);
        Ok(Box::new(HidReader { reports: device.reports, assembler, heard_at: Instant::now() }))
    }
}

struct HidReader {
    reports: Box<dyn HidReports>,
    assembler: Assembler,
    heard_at: Instant,
}

impl Reader for HidReader {
    fn read(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        let mut report = [0; MAX_REPORT_BYTES];
        match self.reports.read(&mut report, MAX_WAIT)? {
            0 if self.heard_at.elapsed() >= MAX_REPORT_GAP => self.assembler.give_up(batch),
            0 => {}
            length => {
                self.heard_at = Instant::now();
                self.assembler.push(&report[..length.min(MAX_REPORT_BYTES)], batch);
            }
        }
        Ok(())
    }
}
