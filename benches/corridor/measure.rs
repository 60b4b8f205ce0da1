//! What a process, or a part of this one, costs. Ratios are made of these; no figure is shown by itself.

use std::io;
use std::mem::MaybeUninit;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// Wall and processor time in seconds, peak memory in KiB.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub wall: f64,
    pub cpu: f64,
    pub peak: f64,
}

impl Cost {
    /// The best of several, each figure for itself: what disturbs a run only ever adds.
    pub fn best(costs: &[Cost]) -> Cost {
        let least = |of: fn(&Cost) -> f64| costs.iter().map(of).fold(f64::INFINITY, f64::min);
        Cost {
            wall: least(|c| c.wall),
            cpu: least(|c| c.cpu),
            peak: least(|c| c.peak),
        }
    }

    /// What one costs beyond another.
    pub fn beyond(self, other: Cost) -> Cost {
        Cost {
            wall: self.wall - other.wall,
            cpu: self.cpu - other.cpu,
            peak: 0.0,
        }
    }
}

/// Runs a program to its end, in silence.
pub fn child(command: &mut Command) -> io::Result<Cost> {
    let start = Instant::now();
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let usage = wait(&child)?;
    Ok(cost(start.elapsed().as_secs_f64(), &usage))
}

/// Runs a part of this process.
pub fn part<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (before, start) = (own(), Instant::now());
    let made = work();
    let after = cost(start.elapsed().as_secs_f64(), &own());
    (
        made,
        Cost {
            cpu: after.cpu - cost(0.0, &before).cpu,
            ..after
        },
    )
}

/// `wait4` is the one call that tells what a single child has used; the standard library has none.
fn wait(child: &Child) -> io::Result<libc::rusage> {
    let (mut status, mut usage) = (0, MaybeUninit::<libc::rusage>::zeroed());
    // SAFETY: both pointers are to values of ours of the right types, and zeroes are a valid rusage.
    let (waited, usage) = unsafe {
        let waited = libc::wait4(
            child.id() as libc::pid_t,
            &mut status,
            0,
            usage.as_mut_ptr(),
        );
        (waited, usage.assume_init())
    };
    match (waited, status) {
        (-1, _) => Err(io::Error::last_os_error()),
        (_, 0) => Ok(usage),
        _ => Err(io::Error::other(format!(
            "a program ended with status {status}"
        ))),
    }
}

fn own() -> libc::rusage {
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: as in `wait`.
    unsafe {
        libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr());
        usage.assume_init()
    }
}

fn cost(wall: f64, usage: &libc::rusage) -> Cost {
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    Cost {
        wall,
        cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        peak: usage.ru_maxrss as f64,
    }
}
