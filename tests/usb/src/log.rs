//! The log, when `KVUSB_LOG` names a file.

use std::{
    fmt::Arguments,
    fs::{File, OpenOptions},
    io::Write,
    sync::{LazyLock, Mutex, PoisonError},
};

static FILE: LazyLock<Option<Mutex<File>>> = LazyLock::new(|| {
    let path = std::env::var_os("KVUSB_LOG")?;
    OpenOptions::new().create(true).append(true).open(path).ok().map(Mutex::new)
});

/// Appends a line. A log that cannot be written is no reason to stop the browser.
pub(crate) fn line(text: Arguments<'_>) {
    if let Some(file) = &*FILE {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        drop(writeln!(file, "{text}"));
    }
}

/// Appends a formatted line to the log.
macro_rules! note {
    ($($part:tt)*) => { $crate::log::line(format_args!($($part)*)) };
}
pub(crate) use note;
