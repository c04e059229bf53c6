//! What an entry means for the person's register: the result stands on the 被保険者証, and the application among
//! the applications.

use crate::store::{Connection, Kind, StoreError, params};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::certification::{Case, Outcome};
use kakehashi_domain::qualification::{CareLevel, PlanOffice};
use serde_json::{Map, Value, json};

/// The versions of the 被保険者証, latest first.
pub(crate) const CERTIFICATES: &str = "SELECT history, content, withdrawn_on FROM record
     WHERE person = ?1 AND kind = ?2 ORDER BY history DESC";

/// Whose register, and what is written into it.
pub(crate) struct Register<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) person: i64,
    pub(crate) now: Time,
    /// The insurer, in words.
    pub(crate) source: &'a str,
}

impl Register<'_> {
    /// Brings the register to what stands now.
    pub(crate) fn reflect(&self, before: &Case, after: &Case) -> Result<(), StoreError> {
        self.application(before, after)?;
        if decision(before) != decision(after) {
            if let Some(was) = decision(before) {
                self.take_back(was.on())?;
            }
            if let Some(is) = decision(after) {
                return self.issue(is);
            }
        }
        self.mark(after)
    }

    /// 申請. One that was taken back is none.
    fn application(&self, before: &Case, after: &Case) -> Result<(), StoreError> {
        if let Some(was) = before.application {
            self.db
                .prepare_cached("DELETE FROM application WHERE person = ?1 AND applied_on = ?2")?
                .execute(params![self.person, was.on.to_string()])?;
        }
        let withdrawn = matches!(after.outcome, Some(Outcome::Withdrawn { .. }));
        let Some(is) = after.application.filter(|_| !withdrawn) else { return Ok(()) };
        self.db
            .prepare_cached(
                "INSERT INTO application (person, applied_on, kind, decided_on) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (person, applied_on)
                 DO UPDATE SET kind = excluded.kind, decided_on = excluded.decided_on",
            )?
            .execute(params![
                self.person,
                is.on.to_string(),
                crate::store::Json(is.kind),
                after.outcome.as_ref().map(|outcome| outcome.on().to_string())
            ])?;
        Ok(())
    }

    /// A new version with the decision; what else stands on it stays.
    fn issue(&self, outcome: &Outcome) -> Result<(), StoreError> {
        let versions = self.versions()?;
        let number = versions.first().map_or(0, |(number, ..)| *number);
        let on = outcome.on().to_string();
        let mut paper = holding(versions).map_or_else(blank, |(_, paper)| paper);
        // What is decided already, or was decided later, stands: a file may bring an old case.
        let certified_on = paper.get("certified_on").and_then(Value::as_str);
        if certified_on.is_some_and(|held| held >= on.as_str()) {
            return Ok(());
        }
        let (level, validity) = match outcome {
            Outcome::Certified { level, validity, .. } => {
                (*level, json!({ "from": validity.from, "to": validity.to }))
            }
            _ => (CareLevel::None, Value::Null),
        };
        paper.insert("state".into(), json!("certified"));
        paper.insert("level".into(), json!(level));
        paper.insert("certified_on".into(), json!(on));
        paper.insert("issued_on".into(), json!(on));
        paper.insert("validity".into(), validity);
        paper.insert("monthly_units".into(), json!(level.monthly_units()));
        paper.insert("committee_opinion".into(), Value::Null);
        self.add(number + 1, paper)
    }

    /// 居宅介護支援事業者等 of a 届出 that was accepted: a new version names it; what else stands on it stays. Of
    /// what was filed on one day the last stands. Tells whether there is a certificate to name it on.
    pub(crate) fn plan_office(&self, plan: &PlanOffice) -> Result<bool, StoreError> {
        let versions = self.versions()?;
        let number = versions.first().map_or(0, |(number, ..)| *number);
        let Some((_, mut paper)) = holding(versions) else { return Ok(false) };
        let plan = serde_json::to_value(plan).map_err(StoreError::other)?;
        let mut offices = match paper.remove("plan_offices") {
            Some(Value::Array(offices)) => offices,
            _ => Vec::new(),
        };
        if offices.first() == Some(&plan) {
            return Ok(true);
        }
        let filed_on = |office: &Value| office.get("filed_on").and_then(Value::as_str).map(str::to_owned);
        let day = filed_on(&plan);
        offices.retain(|office| filed_on(office) != day);
        offices.push(plan);
        offices.sort_by_key(|office| std::cmp::Reverse(filed_on(office)));
        paper.insert("plan_offices".into(), Value::Array(offices));
        self.add(number + 1, paper)?;
        // Who makes the plan is part of what a board may show.
        self.db
            .prepare_cached(
                "INSERT INTO board SELECT office, 1 FROM client WHERE person = ?1
                 ON CONFLICT (office) DO UPDATE SET change = board.change + 1",
            )?
            .execute([self.person])?;
        Ok(true)
    }

    /// Registers a version of the 被保険者証.
    fn add(&self, number: i64, paper: Map<String, Value>) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO record (person, kind, history, as_of, source, content, registered_on)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                self.person,
                Kind::Certificate.name(),
                number,
                self.now.0,
                self.source,
                json!({ "present": paper }).to_string(),
                self.now.date().to_string()
            ])?;
        Ok(())
    }

    /// The version that was issued for a decision of a day is taken back (取消し).
    fn take_back(&self, on: Date) -> Result<(), StoreError> {
        let issued = self.versions()?.into_iter().find(|(_, paper, withdrawn)| {
            let certified_on = paper.as_ref().and_then(|paper| paper.get("certified_on"));
            !withdrawn && certified_on.and_then(Value::as_str) == Some(on.to_string().as_str())
        });
        let Some((number, ..)) = issued else { return Ok(()) };
        self.db
            .prepare_cached(
                "UPDATE record SET withdrawn_on = ?4 WHERE person = ?1 AND kind = ?2 AND history = ?3",
            )?
            .execute(params![self.person, Kind::Certificate.name(), number, self.now.date().to_string()])?;
        Ok(())
    }

    /// 認定状況: applied for while the case is open. The level that holds stays.
    fn mark(&self, case: &Case) -> Result<(), StoreError> {
        let Some((number, mut paper)) = holding(self.versions()?) else { return Ok(()) };
        let open = case.application.is_some() && case.outcome.is_none();
        let state = json!(if open { "applied" } else { "certified" });
        // Of whom nothing was ever decided there is nothing else to say than "applied for".
        if paper.get("state") == Some(&state) || (!open && paper.get("level").is_none_or(Value::is_null)) {
            return Ok(());
        }
        paper.insert("state".into(), state);
        self.db
            .prepare_cached(
                "UPDATE record SET content = ?4, as_of = ?5 WHERE person = ?1 AND kind = ?2 AND history = ?3",
            )?
            .execute(params![
                self.person,
                Kind::Certificate.name(),
                number,
                json!({ "present": paper }).to_string(),
                self.now.0
            ])?;
        Ok(())
    }

    fn versions(&self) -> Result<Vec<Version>, StoreError> {
        let mut select = self.db.prepare_cached(CERTIFICATES)?;
        let rows = select.query_map(params![self.person, Kind::Certificate.name()], |row| {
            let crate::store::Json(mut content): crate::store::Json<Value> = row.get(1)?;
            let paper = match content.get_mut("present").map(Value::take) {
                Some(Value::Object(paper)) => Some(paper),
                _ => None,
            };
            Ok((row.get(0)?, paper, row.get::<_, Option<String>>(2)?.is_some()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Number, what stands on it where it is one, whether it was taken back.
type Version = (i64, Option<Map<String, Value>>, bool);

/// The version that holds.
fn holding(versions: Vec<Version>) -> Option<(i64, Map<String, Value>)> {
    let (number, paper, _) = versions.into_iter().find(|(_, _, withdrawn)| !withdrawn)?;
    Some((number, paper?))
}

/// What the 被保険者証 says of: 認定 and 非該当.
fn decision(case: &Case) -> Option<&Outcome> {
    case.outcome
        .as_ref()
        .filter(|outcome| matches!(outcome, Outcome::Certified { .. } | Outcome::NotCertified { .. }))
}

/// A 被保険者証 with nothing on it.
fn blank() -> Map<String, Value> {
    let mut paper = Map::new();
    for list in ["kind_limits", "restrictions", "plan_offices", "facilities"] {
        paper.insert(list.into(), json!([]));
    }
    paper
}
