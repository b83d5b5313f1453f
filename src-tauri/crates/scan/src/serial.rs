//! Scanners on a serial port, or on USB that looks like one. Knows the port and its line settings; `framing` finds
//! where reads begin and end.

use std::io::{self, Read};
use std::time::{Duration, Instant};

pub use serialport::{DataBits, FlowControl, Parity, StopBits};
use serialport::{ErrorKind, SerialPort, SerialPortInfo, SerialPortType};

use crate::framing::{Framer, PAUSE};
use crate::{Batch, Fault, MAX_WAIT, Reader, Scanner, SourceId, SourceKind, Stop};

/// How often a silent port is asked whether it is still there, because some Windows drivers only time out after an
/// unplug.
const ALIVE_EVERY: Duration = Duration::from_secs(1);

/// Which port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SerialPlace {
    /// By its name: `COM3`, `/dev/ttyUSB0`, `/dev/serial/by-id/…`.
    Name(String),
    /// The first port of a USB device with these ids, wherever it is plugged in.
    Usb {
        /// USB vendor id.
        vendor_id: u16,
        /// USB product id.
        product_id: u16,
    },
}

/// A scanner on a serial port. By default 9600 baud, 8 data bits, no parity, 1 stop bit and no flow control.
#[derive(Debug, Clone)]
pub struct SerialScanner {
    /// Which port.
    pub place: SerialPlace,
    /// Bits per second.
    pub baud: u32,
    /// Data bits of a byte.
    pub data_bits: DataBits,
    /// Parity bit.
    pub parity: Parity,
    /// Stop bits.
    pub stop_bits: StopBits,
    /// Flow control.
    pub flow_control: FlowControl,
    /// The silence that ends a read without a terminator.
    pub pause: Duration,
}

impl SerialScanner {
    /// The scanner at this place, with the usual line settings.
    pub fn new(place: SerialPlace) -> Self {
        Self {
            place,
            baud: 9600,
            data_bits: DataBits::Eight,
            parity: Parity::None,
            stop_bits: StopBits::One,
            flow_control: FlowControl::None,
            pause: PAUSE,
        }
    }

    fn name(&self) -> Result<String, Fault> {
        match &self.place {
            SerialPlace::Name(name) => Ok(name.clone()),
            SerialPlace::Usb { vendor_id, product_id } => {
                find_usb(&available(), *vendor_id, *product_id).ok_or(Fault::NotFound)
            }
        }
    }
}

impl Scanner for SerialScanner {
    fn source(&self) -> SourceId {
        let name = match &self.place {
            SerialPlace::Name(name) => name.clone(),
            SerialPlace::Usb { vendor_id, product_id } => format!("{vendor_id:04x}:{product_id:04x}"),
        };
        SourceId::new(SourceKind::Serial, name)
    }

    fn open(&mut self, _stop: &Stop) -> Result<Box<dyn Reader>, Fault> {
        let name = self.name()?;
        let mut port = serialport::new(&name, self.baud)
            .data_bits(self.data_bits)
            .parity(self.parity)
            .stop_bits(self.stop_bits)
            .flow_control(self.flow_control)
            .timeout(self.pause.min(MAX_WAIT))
            .open()
            .map_err(|error| fault_of(&error, &name))?;
        // Many scanners send only while the host says that it is ready. A port may lack that line.
        if let Err(error) = port.write_data_terminal_ready(true) {
            tracing::debug!(%error, "the port has no DTR line");
        }
        let now = Instant::now();
        let reader =
            SerialReader { port, framer: Framer::default(), pause: self.pause, heard_at: now, alive_at: now };
        Ok(Box::new(reader))
    }
}

struct SerialReader {
    port: Box<dyn SerialPort>,
    framer: Framer,
    pause: Duration,
    /// When the line last sent something.
    heard_at: Instant,
    /// When the port was last known to be there.
    alive_at: Instant,
}

impl Reader for SerialReader {
    fn read(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        let mut bytes = [0; 4096];
        match self.port.read(&mut bytes) {
            Ok(0) => Err(Fault::Lost),
            Ok(read) => {
                self.heard_at = Instant::now();
                self.framer.push(&bytes[..read], batch);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::TimedOut => self.silent(batch),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            // What had arrived of a read is dropped with the port, because half a code is no code.
            Err(_) => Err(Fault::Lost),
        }
    }
}

impl SerialReader {
    fn silent(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        if self.heard_at.elapsed() >= self.pause {
            self.framer.pause(batch);
        }
        if self.heard_at.max(self.alive_at).elapsed() >= ALIVE_EVERY {
            self.port.bytes_to_read().map_err(|_| Fault::Lost)?;
            self.alive_at = Instant::now();
        }
        Ok(())
    }
}

/// Why a port did not open. `serialport` also says `NoDevice` for a port that another program holds.
fn fault_of(error: &serialport::Error, name: &str) -> Fault {
    tracing::debug!(%error, "the serial port does not open");
    match error.kind() {
        ErrorKind::NoDevice if available().iter().any(|port| port.port_name == name) => Fault::Busy,
        ErrorKind::NoDevice | ErrorKind::Io(io::ErrorKind::NotFound) => Fault::NotFound,
        ErrorKind::Io(io::ErrorKind::PermissionDenied) => Fault::Denied,
        _ => Fault::Failed,
    }
}

/// The names of this PC's ports, in order; none if it cannot tell.
pub fn port_names() -> Vec<String> {
    let mut names: Vec<_> = available().into_iter().map(|port| port.port_name).collect();
    names.sort_unstable();
    names
}

/// The ports of this PC; none if it cannot tell.
fn available() -> Vec<SerialPortInfo> {
    serialport::available_ports().unwrap_or_else(|error| {
        tracing::debug!(%error, "the serial ports cannot be listed");
        Vec::new()
    })
}

/// The name of the first port of this USB device. On macOS each device has two; `cu` opens without waiting for a
/// carrier.
fn find_usb(ports: &[SerialPortInfo], vendor_id: u16, product_id: u16) -> Option<String> {
    ports
        .iter()
        .filter(|port| match &port.port_type {
            SerialPortType::UsbPort(usb) => (usb.vid, usb.pid) == (vendor_id, product_id),
            _ => false,
        })
        .map(|port| &port.port_name)
        .min_by_key(|name| (name.starts_with("/dev/tty."), *name))
        .cloned()
}
