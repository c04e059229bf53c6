//! Passwords are kept as argon2id.

use crate::seed::PasswordCost;
use crate::store::StoreError;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

/// A hash to keep (PHC string), with a random salt.
pub(crate) fn hash(password: &str, cost: PasswordCost) -> Result<String, StoreError> {
    let params = match cost {
        PasswordCost::Usual => Params::default(),
        PasswordCost::Least => Params::new(Params::MIN_M_COST, 1, 1, None).map_err(StoreError::other)?,
    };
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon2.hash_password(password.as_bytes()).map_err(StoreError::other)?;
    Ok(hash.to_string())
}

/// Whether it is this password; costs the same whether it is or not.
pub(crate) fn verify(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_argon2id_with_a_salt_each() {
        let (one, two) = (hash("p", PasswordCost::Least).unwrap(), hash("p", PasswordCost::Least).unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=8,t=1,p=1$") && one != two);
        assert!(verify("p", &one) && verify("p", &two) && !verify("q", &one) && !verify("p", "nonsense"));
        let usual = hash("p", PasswordCost::Usual).unwrap();
        assert!(usual.contains("m=19456,t=2,p=1"));
    }
}
