//! Somebody of the office, signed in: user ID, password, one-time password.

use crate::Failure;
use crate::client::Heard;
use crate::lane::{Lane, PATIENT};
use kakehashi_domain::upstream::{OtpRequest, Session, StartRequest, StartResponse, route};
use serde_json::{Value, json};
use std::path::Path;

/// An account of the 居宅介護支援 office.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) user: String,
    pub(crate) office: String,
    password: String,
}

impl Account {
    /// The first staff member in `sign-in.json`.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        let accounts: Value = serde_json::from_slice(&std::fs::read(folder.join("sign-in.json"))?)?;
        let staff = accounts.as_array().and_then(|all| all.iter().find(|one| one["role"] == "staff"));
        let staff = staff.ok_or("sign-in.json names no staff")?;
        let text = |name: &str| staff[name].as_str().map(str::to_owned).ok_or("sign-in.json is odd");
        Ok(Self { user: text("user_id")?, office: text("office")?, password: text("password")? })
    }
}

impl Lane {
    /// Signs in, unless somebody else has since the token `old` was over.
    pub(crate) async fn sign_in(&self, old: &str) -> Result<(), Failure> {
        let mut token = self.token.lock().await;
        if *token != old {
            return Ok(());
        }
        token.clear();
        let Account { user, password, .. } = &self.account;
        let start = StartRequest { user_id: user.parse()?, password: password.clone() };
        let started: StartResponse = self.said(route::SESSION_START, &start).await?;
        let letters = self.extra("GET", "/outbox.json", &json!({})).await?;
        let newest = letters.as_array().and_then(|all| all.iter().find(|one| one["user_id"] == **user));
        let otp = newest.and_then(|one| one["otp"].as_str()).ok_or("no one-time password came")?.to_owned();
        let session: Session =
            self.said(route::SESSION_OTP, &OtpRequest { ticket: started.ticket, otp }).await?;
        *token = session.access_token;
        Ok(())
    }

    async fn said<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        request: &impl serde::Serialize,
    ) -> Result<T, Failure> {
        match self.send(path, request, None, "", PATIENT).await? {
            Heard::Ok(body) => Ok(serde_json::from_value(body)?),
            other => Err(format!("{path}: {other:?}").into()),
        }
    }
}
