//! HID devices of the operating system, by `hidapi`. On Linux the user needs access to `/dev/hidraw*`, which a udev
//! rule grants.

use std::time::Duration;

use hidapi::{HidApi, HidError, MAX_REPORT_DESCRIPTOR_SIZE};

use super::layout::{self, Layout};
use super::{BAR_CODE_SCANNER_PAGE, HidBus, HidDevice, HidPlace, HidReports};
use crate::Fault;

/// This PC's HID devices.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemHid;

impl HidBus for SystemHid {
    fn open(&mut self, place: HidPlace) -> Result<HidDevice, Fault> {
        let hid = HidApi::new().map_err(|error| fault_of(&error))?;
        let mut fault = Fault::NotFound;
        let scanners = hid.device_list().filter(|device| {
            device.usage_page() == BAR_CODE_SCANNER_PAGE
                && place.includes(device.vendor_id(), device.product_id())
        });
        for scanner in scanners {
            match scanner.open_device(&hid) {
                Ok(device) => {
                    let layout = layout_of(&device);
                    return Ok(HidDevice { reports: Box::new(SystemReports { device }), layout });
                }
                Err(error) => fault = fault_of(&error),
            }
        }
        Err(fault)
    }
}

struct SystemReports {
    device: hidapi::HidDevice,
}

impl HidReports for SystemReports {
    fn read(&mut self, report: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        let wait_ms = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
        self.device.read_timeout(report, wait_ms).map_err(|error| {
            tracing::debug!(%error, "the HID device does not read");
            Fault::Lost
        })
    }
}

/// What the device says of its reports, or the common layout if it says nothing that helps.
fn layout_of(device: &hidapi::HidDevice) -> Layout {
    let mut descriptor = [0; MAX_REPORT_DESCRIPTOR_SIZE];
    let length = device.get_report_descriptor(&mut descriptor).unwrap_or(0);
    Layout::from_descriptor(&descriptor[..length.min(descriptor.len())]).unwrap_or(layout::COMMON)
}

/// Why a device did not open. `hidapi` gives only words.
fn fault_of(error: &HidError) -> Fault {
    tracing::debug!(%error, "the HID device does not open");
    let words = error.to_string().to_lowercase();
    if words.contains("permission denied") || words.contains("not permitted") {
        Fault::Denied
    } else {
        Fault::Failed
    }
}
