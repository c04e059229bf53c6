//! The issuer key: made once, then only read; relays that share a copy accept each other's devices.

use super::EnrolError;
use super::code::private_folder;
use kakehashi_signing::IssuerKey;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Reads `issuer.key` (PKCS#8, readable by this user only), or makes it at the first start.
pub fn issuer_key(state: &Path) -> Result<IssuerKey, EnrolError> {
    private_folder(state)?;
    let path = state.join("issuer.key");
    match fs::read(&path) {
        Ok(der) => return Ok(IssuerKey::from_pkcs8(&der)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    // Written aside and then linked: the name appears with the whole key behind it, and only if no other
    // process was faster.
    let aside = state.join(format!("issuer.key.{}", std::process::id()));
    let mut file = private_file(&aside)?;
    file.write_all(&IssuerKey::generate()?.to_pkcs8()?)?;
    file.sync_all()?;
    let linked = fs::hard_link(&aside, &path);
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(IssuerKey::from_pkcs8(&fs::read(&path)?)?),
    }
}

fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_once_and_private() {
        let state = tempfile::tempdir().unwrap();
        let folder = state.path().join("relay");
        let first = issuer_key(&folder).unwrap();
        let second = issuer_key(&folder).unwrap();
        assert_eq!(first.to_pkcs8().unwrap(), second.to_pkcs8().unwrap());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left aside");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join("issuer.key")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(folder.join("issuer.key"), b"broken").unwrap();
        assert!(issuer_key(&folder).is_err(), "a broken key is never replaced silently");
    }
}
