//! A TCP stream that knows when its bytes came: by the kernel's stamp (Linux, `SO_TIMESTAMPNS`), not by the time of
//! reading.

use std::{
    io::{self, IoSliceMut},
    os::fd::AsRawFd,
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, SystemTime},
};

use nix::{
    cmsg_space,
    sys::{
        socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt, sockopt::ReceiveTimestampns},
        time::TimeSpec,
    },
};
use tokio::{
    io::{AsyncRead, AsyncWrite, Interest, ReadBuf},
    net::TcpStream,
};

/// A stream, and the stamp of the bytes that were read last.
pub struct Stamped {
    tcp: TcpStream,
    arrived: SystemTime,
    control: Vec<u8>,
}

impl Stamped {
    pub(super) fn new(tcp: TcpStream) -> io::Result<Self> {
        setsockopt(&tcp, ReceiveTimestampns, &true)?;
        Ok(Self { tcp, arrived: SystemTime::UNIX_EPOCH, control: cmsg_space!(TimeSpec) })
    }

    pub(super) fn arrived(&self) -> SystemTime {
        self.arrived
    }

    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Self { tcp, arrived, control } = self;
        tcp.try_io(Interest::READABLE, || {
            let mut parts = [IoSliceMut::new(buf)];
            let message = recvmsg::<()>(tcp.as_raw_fd(), &mut parts, Some(control), MsgFlags::empty())?;
            for part in message.cmsgs()? {
                if let ControlMessageOwned::ScmTimestampns(stamp) = part {
                    *arrived = SystemTime::UNIX_EPOCH + Duration::from(stamp);
                }
            }
            Ok(message.bytes)
        })
    }
}

impl AsyncRead for Stamped {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            ready!(this.tcp.poll_read_ready(cx))?;
            match this.read(buf.initialize_unfilled()) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
                Ok(count) => {
                    buf.advance(count);
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }
}

impl AsyncWrite for Stamped {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().tcp).poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_shutdown(cx)
    }
}
