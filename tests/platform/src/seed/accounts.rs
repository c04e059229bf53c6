//! Accounts of each kind for each office, of each job that sees something or must not.

use super::PasswordCost;
use super::offices::OFFICES;
use crate::session::password;
use crate::store::{Connection, Json, StoreError, params};
use kakehashi_domain::upstream::{Job, Role};
use serde::{Deserialize, Serialize};

/// A sign-in for people who try the sandbox, as `sign-in.json` lists them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// User ID.
    pub user_id: String,
    /// Password; worth nothing outside this sandbox.
    pub password: String,
    /// Name to show.
    pub name: String,
    /// Kind of account.
    pub role: Role,
    /// 職種.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Job>,
    /// 事業所番号.
    pub office: String,
    /// Name of the office.
    pub office_name: String,
    /// Where one-time passwords go.
    pub mail: String,
}

/// All sign-ins, in a fixed order.
pub(super) fn all() -> Vec<SignIn> {
    let mut all = Vec::new();
    for office in &OFFICES {
        let short = office.short.to_lowercase();
        let account = |user_id: String, name: &str, (role, job), part: &str| SignIn {
            user_id,
            password: format!("Kakehashi-{short}-{part}"),
            name: name.to_owned(),
            role,
            job,
            office: office.number.to_owned(),
            office_name: office.name.to_owned(),
            mail: format!("{part}@{short}.example.jp"),
        };
        // 事業所ユーザ (KJ…): care offices have one.
        if office.staff.iter().any(|one| one.role == Role::Administrator) {
            let user_id = format!("KJ{}01", office.number);
            all.push(account(user_id, office.name, (Role::Office, None), "jigyosho"));
        }
        for one in office.staff {
            let user_id = format!("{}.{}", office.short, one.part);
            all.push(account(user_id, one.name, (one.role, one.job), &one.part.to_lowercase()));
        }
    }
    all
}

/// Writes offices and accounts, and the hash that stands in for users who do not exist.
pub(super) fn write(connection: &Connection, cost: PasswordCost) -> Result<Vec<SignIn>, StoreError> {
    let mut office = connection
        .prepare_cached("INSERT INTO office (number, name, service, insurer) VALUES (?1, ?2, ?3, ?4)")?;
    for seed in &OFFICES {
        office.execute(params![seed.number, seed.name, Json(seed.service), seed.insurer])?;
    }
    let mut account = connection.prepare_cached(
        "INSERT INTO account (user_id, office, name, role, mail, password, job)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let all = all();
    for entry in &all {
        let hash = password::hash(&entry.password, cost)?;
        account.execute(params![
            entry.user_id,
            entry.office,
            entry.name,
            Json(entry.role),
            entry.mail,
            hash,
            entry.job.map(Json),
        ])?;
    }
    let nobody = crate::secret::random_text::<32>().map_err(StoreError::other)?;
    connection
        .execute("INSERT INTO meta (key, value) VALUES ('nobody', ?1)", [password::hash(&nobody, cost)?])?;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakehashi_domain::number::{CheckDigit, OfficeNumber, UserId};

    #[test]
    fn numbers_and_ids_are_well_formed_and_every_kind_is_there() {
        let all = all();
        let offices = all.iter().filter(|entry| entry.role == Role::Office).count();
        assert_eq!((all.len(), offices), (4 + 4 + 4 + 3 + 3 + 2, 4));
        assert_eq!(all[0].office, OFFICES[0].number, "the 居宅介護支援 office first");
        for entry in &all {
            let id = UserId::parse(&entry.user_id).unwrap();
            assert_eq!(id.as_str(), entry.user_id);
            assert_eq!(id.is_office_user(), entry.role == Role::Office);
            assert_eq!(OfficeNumber::parse(&entry.office).unwrap().check(), CheckDigit::Agrees);
        }
        let roles = [Role::Office, Role::Administrator, Role::Staff, Role::Municipality, Role::Medical];
        for role in roles {
            assert!(all.iter().any(|entry| entry.role == role), "{role:?}");
        }
        for job in Job::ALL {
            assert!(all.iter().any(|entry| entry.job == Some(*job)), "{job:?}");
        }
    }
}
