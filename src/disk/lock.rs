//! One writer at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, Write};

use super::manifest::{self, Time};
use super::{Error, Fault, Home, Hook, Op};

/// The system's own lock, which ends with the process however it ends, so none is ever left behind by a dead one.
pub struct Lock {
    file: File,
    /// When it was taken, by the clock of the file system.
    pub since: Option<Time>,
}

impl Lock {
    pub fn take(home: &Home, hook: &dyn Hook) -> Result<Lock, Error> {
        let path = home.lock();
        let fault = |error: &io::Error| Error::Refused(Fault::new("lock", &path, error));
        let opened = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let mut file = opened.map_err(|error| fault(&error))?;
        hook.after(&Op::Create(&path));
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path)
                    .ok()
                    .and_then(|pid| pid.trim().parse().ok());
                return Err(Error::Locked {
                    out: home.out.clone(),
                    holder,
                });
            }
            Err(TryLockError::Error(error)) => return Err(fault(&error)),
        }
        // Only for the message above, so a full disk may refuse it: what was begun can still be completed.
        let pid = format!("{}\n", std::process::id());
        let _ = file
            .rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| file.write_all(pid.as_bytes()));
        hook.after(&Op::Write(&path));
        let since = file.metadata().ok().as_ref().and_then(manifest::time);
        Ok(Lock { file, since })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough while a process that is just being started still has a copy of the handle.
        let _ = self.file.unlock();
    }
}
