//! The line to a device: a serial port, a TCP address, or a Unix socket.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

use yuma_firmware::board::Port;

/// The line to a device. Waiting for a byte, or for room to send one, takes no longer than the time limit.
pub struct Line {
    stream: Box<dyn Write>,
    to_send: Vec<u8>,
    received: io::Bytes<io::BufReader<Box<dyn Read>>>,
    failure: Option<io::Error>,
}

impl Line {
    /// Opens `address`: the path of a Unix socket, `HOST:PORT`, or else the path of a serial device, which is then set to
    /// `baud` bits a second.
    ///
    /// # Errors
    /// What opening it says.
    pub fn open(address: &str, baud: u32, limit: Duration) -> io::Result<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::{fs::FileTypeExt, net::UnixStream};
            if Path::new(address).metadata().is_ok_and(|about| about.file_type().is_socket()) {
                let socket = UnixStream::connect(address)?;
                socket.set_read_timeout(Some(limit))?;
                socket.set_write_timeout(Some(limit))?;
                return Ok(Self::new(Box::new(socket.try_clone()?), Box::new(socket)));
            }
        }
        if !Path::new(address).exists()
            && let Some(address) = address.to_socket_addrs().ok().and_then(|mut found| found.next())
        {
            let socket = TcpStream::connect_timeout(&address, limit)?;
            socket.set_nodelay(true)?;
            socket.set_read_timeout(Some(limit))?;
            socket.set_write_timeout(Some(limit))?;
            return Ok(Self::new(Box::new(socket.try_clone()?), Box::new(socket)));
        }
        let mut port = serial2::SerialPort::open(address, baud)?;
        port.set_read_timeout(limit)?;
        port.set_write_timeout(limit)?;
        port.discard_buffers()?;
        Ok(Self::new(Box::new(port.try_clone()?), Box::new(port)))
    }

    fn new(from: Box<dyn Read>, to: Box<dyn Write>) -> Self {
        Self { stream: to, to_send: vec![], received: io::BufReader::new(from).bytes(), failure: None }
    }

    /// Sends bytes as they are, and what was written before.
    ///
    /// # Errors
    /// What the line says.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to_send.extend_from_slice(bytes);
        self.stream.write_all(&self.to_send)?;
        self.to_send.clear();
        self.stream.flush()
    }

    /// Why nothing could be read.
    pub fn failure(&mut self) -> io::Error {
        self.failure.take().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Port for Line {
    fn read(&mut self) -> Option<u8> {
        match self.received.next() {
            Some(Ok(byte)) => return Some(byte),
            // The name of the time limit's error differs between systems.
            Some(Err(error)) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                self.failure = Some(io::Error::new(io::ErrorKind::TimedOut, "no byte within the time limit"));
            }
            Some(Err(error)) => self.failure = Some(error),
            None => self.failure = Some(io::Error::new(io::ErrorKind::UnexpectedEof, "closed")),
        }
        None
    }

    fn write(&mut self, byte: u8) {
        self.to_send.push(byte);
    }
}
