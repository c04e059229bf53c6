//! What leaves the host, before anything on the wire can change it.

/// Applications and the files in them that may be selected.
const ALLOWED: [(&[u8], &[u16]); 3] = [
    (
        &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
        &[0x000A, 0x000B, 0x0006, 0x0008, 0x0017, 0x0018],
    ),
    (&[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08], &[0x0002, 0x0011, 0x0015]),
    (&[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00], &[]),
];

/// A look at every transfer of the host.
#[derive(Default)]
pub(crate) struct Watch {
    /// Transfers that carried a secret.
    pub(crate) pins: u32,
    /// Of these, transfers that the wire delivered twice.
    pub(crate) doubled: u32,
    /// Selections that may not be.
    pub(crate) forbidden: Vec<Vec<u8>>,
}

impl Watch {
    pub(crate) fn sent(&mut self, data: &[u8]) {
        self.pins += u32::from(carries_secret(data));
        for at in 0..data.len() {
            let name = match &data[at..] {
                &[0x00, 0xA4, 0x04 | 0x02, 0x0C, length, ref rest @ ..] => rest.get(..usize::from(length)),
                _ => None,
            };
            if let Some(name) = name.filter(|name| !is_allowed(name)) {
                self.forbidden.push(name.to_vec());
            }
        }
    }

    /// A transfer that the wire delivers twice.
    pub(crate) fn doubled(&mut self, data: &[u8]) {
        self.doubled += u32::from(carries_secret(data));
    }
}

/// VERIFY with four digits or fourteen, or with the first of them.
fn carries_secret(data: &[u8]) -> bool {
    (0..data.len()).any(|at| match &data[at..] {
        &[0x00, 0x20, 0x00, 0x80, length @ (4 | 14), ref rest @ ..] => {
            rest.len() >= 4 && rest.iter().take(usize::from(length)).all(u8::is_ascii_digit)
        }
        _ => false,
    })
}

/// Whether an application or a file of that name may be selected.
pub(crate) fn is_allowed(name: &[u8]) -> bool {
    ALLOWED.iter().any(|(application, files)| {
        *application == name || name.try_into().is_ok_and(|file| files.contains(&u16::from_be_bytes(file)))
    })
}
