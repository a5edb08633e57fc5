//! A device without hardware: the image on QEMU's model of the board.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::device::Device;

/// How long QEMU may take to open the line.
const START: Duration = Duration::from_secs(20);
/// So many instructions take a second on the model, whatever the machine: one each nanosecond.
pub const INSTRUCTIONS_PER_SECOND: u64 = 1_000_000_000;

/// QEMU with an image; it ends with this value.
pub struct Qemu {
    child: Child,
    socket: PathBuf,
}

impl Qemu {
    /// Starts QEMU with `image`.
    ///
    /// # Errors
    /// What starting the program says: most likely that it is not installed.
    pub fn start(image: &Path) -> io::Result<Self> {
        let socket = std::env::temp_dir().join(format!("yuma-device-{}.sock", std::process::id()));
        let mut path = socket.clone().into_os_string();
        path.push(",server=on,wait=off");
        let mut line = std::ffi::OsString::from("unix:");
        line.push(path);
        let child = Command::new("qemu-system-arm")
            .args(["-M", "mps2-an386", "-display", "none", "-monitor", "none", "-icount", "shift=0", "-serial"])
            .arg(line)
            .arg("-kernel")
            .arg(image)
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("qemu-system-arm: {error}")))?;
        Ok(Self { child, socket })
    }

    /// The device that runs there.
    ///
    /// # Errors
    /// QEMU ended, or opened no line in time.
    pub fn device(&mut self, limit: Duration) -> io::Result<Device> {
        let begin = Instant::now();
        loop {
            if self.socket.exists()
                && let Ok(device) = Device::open(&self.socket.to_string_lossy(), 0, limit)
            {
                return Ok(device);
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(io::Error::other(format!("qemu-system-arm ended: {status}")));
            }
            if begin.elapsed() > START {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "qemu-system-arm opened no line"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.socket);
    }
}
