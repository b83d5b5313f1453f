//! The client's side of RFC 6455, as far as a load client needs it: thousands of connections that mostly listen.
//!
//! Masks with a key of zeros, which every server takes and which leaves the payload as it is. Reads frames into one
//! small buffer. Knows no fragments and no extensions, because neither server sends any.

use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::net::{Address, Stream};

/// The handshake's answer and every message are smaller.
const MESSAGE_MAX_BYTES: usize = 64 << 10;

const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xA;

/// An open WebSocket.
pub struct WebSocket {
    stream: Stream,
    buffer: Vec<u8>,
    /// How many bytes at the buffer's start belong to the last message.
    used: usize,
}

impl WebSocket {
    /// Connects and upgrades.
    ///
    /// # Errors
    /// The network's, or that the server does not upgrade.
    pub async fn connect(address: &Address, path: &str) -> Result<Self> {
        let stream = address.connect().await.context("cannot connect")?;
        let mut socket = Self { stream, buffer: Vec::with_capacity(1024), used: 0 };
        // The key proves nothing here, because the program that was just started answers.
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            address.host()
        );
        socket.write(request.as_bytes()).await?;
        loop {
            socket.read_more().await.context("no answer to the handshake")?;
            if let Some(end) = memmem::find(&socket.buffer, b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&socket.buffer[..end]).into_owned();
                ensure!(head.starts_with("HTTP/1.1 101"), "the server does not upgrade: {head}");
                socket.used = end + 4;
                return Ok(socket);
            }
        }
    }

    /// Sends a text.
    ///
    /// # Errors
    /// The network's.
    pub async fn send(&mut self, text: &str) -> Result<()> {
        self.send_frame(TEXT, text.as_bytes()).await
    }

    /// The next text. Answers pings meanwhile.
    ///
    /// # Errors
    /// If the connection ends, or if something else comes.
    pub async fn recv(&mut self) -> Result<&str> {
        loop {
            self.buffer.drain(..self.used);
            self.used = 0;
            let (opcode, start, end) = loop {
                match parse(&self.buffer)? {
                    Some(frame) => break frame,
                    None => self.read_more().await?,
                }
            };
            self.used = end;
            match opcode {
                TEXT => return std::str::from_utf8(&self.buffer[start..end]).context("a text is not UTF-8"),
                PING => {
                    let payload = self.buffer[start..end].to_vec();
                    self.send_frame(PONG, &payload).await?;
                }
                PONG => {}
                CLOSE => {
                    let reason = self.buffer.get(start + 2..end).unwrap_or_default();
                    bail!("closed by the server: {}", String::from_utf8_lossy(reason));
                }
                other => bail!("a frame of kind {other} was not expected"),
            }
        }
    }

    /// When the last message, or something that came together with it, came to this computer.
    pub fn arrived(&self) -> SystemTime {
        self.stream.arrived()
    }

    async fn send_frame(&mut self, opcode: u8, payload: &[u8]) -> Result<()> {
        const FINAL: u8 = 0x80;
        const MASKED: u8 = 0x80;
        let mut frame = vec![FINAL | opcode];
        match u16::try_from(payload.len())? {
            length @ 0..=125 => frame.push(MASKED | length as u8),
            length => {
                frame.push(MASKED | 126);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        self.write(&frame).await
    }

    /// TLS may keep its bytes back until it is flushed.
    async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes).await?;
        Ok(self.stream.flush().await?)
    }

    async fn read_more(&mut self) -> Result<()> {
        ensure!(self.buffer.len() < MESSAGE_MAX_BYTES, "a message is too long");
        let count = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(count > 0, "the server cut the connection");
        Ok(())
    }
}

/// The first frame's kind, and where its payload starts and ends; `None` if it is not whole.
fn parse(buffer: &[u8]) -> Result<Option<(u8, usize, usize)>> {
    let [first, second, rest @ ..] = buffer else { return Ok(None) };
    ensure!(first & 0xF0 == 0x80 && second & 0x80 == 0, "fragments, extensions and masks were not agreed");
    let (start, length) = match (second, rest) {
        (126, [a, b, ..]) => (4, usize::from(u16::from_be_bytes([*a, *b]))),
        (126, _) => return Ok(None),
        (127, _) => bail!("a message is too long"),
        (length, _) => (2, usize::from(*length)),
    };
    let end = start + length;
    Ok((end <= buffer.len()).then_some((first & 0x0F, start, end)))
}
