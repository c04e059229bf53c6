//! Two people of whom everything is well, and what can be wrong with each condition of the table.

use crate::database::on_server;
use crate::world::World;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{ConsentScope, PersonHandle};
use kakehashi_platform::params;
use kakehashi_platform::store::Connection;
use serde_json::{Value, json};

/// What is wrong. The last is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    NoRight,
    RightOver,
    NoConsent,
    Withdrawn,
    ConsentOver,
    Support,
    Care,
    OtherPlanner,
    Old,
    Doctor,
    OtherInsurer,
    Unknown,
    Nothing,
}

impl Wrong {
    pub(crate) const ALL: [Self; 13] = [
        Self::NoRight,
        Self::RightOver,
        Self::NoConsent,
        Self::Withdrawn,
        Self::ConsentOver,
        Self::Support,
        Self::Care,
        Self::OtherPlanner,
        Self::Old,
        Self::Doctor,
        Self::OtherInsurer,
        Self::Unknown,
        Self::Nothing,
    ];

    /// The condition that does not hold, as docs/access.md names it, and the code it is refused with.
    pub(crate) fn breaks(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoRight => Some(("閲覧期限内", "UPS-121")),
            Self::RightOver => Some(("閲覧期限内", "UPS-120")),
            Self::NoConsent => Some(("同意", "UPS-132")),
            Self::Withdrawn => Some(("同意", "UPS-133")),
            Self::ConsentOver => Some(("同意", "UPS-134")),
            Self::Support => Some(("要介護(または認定前)", "UPS-135")),
            Self::Care => Some(("要支援・事業対象者(または認定前)", "UPS-136")),
            Self::OtherPlanner => Some(("担当(または担当なし)", "UPS-137")),
            Self::Old => Some(("最新と前回", "UPS-139")),
            Self::Doctor => Some(("主治医の同意", "UPS-138")),
            Self::OtherInsurer => Some(("自らの被保険者", "UPS-140")),
            Self::Unknown | Self::Nothing => None,
        }
    }
}

/// The database behind a sandbox, and two people: one whose doctor agreed, one whose did not.
pub(crate) struct Facts {
    db: Connection,
    now: Time,
    people: [i64; 2],
}

impl Facts {
    pub(crate) fn of(world: &World, now: Time) -> Self {
        let db = world.database();
        let refused = world.people.iter().find(|one| one.note.contains("主治医が意見書")).unwrap();
        let place = |insured: &str| {
            db.query_row("SELECT id FROM person WHERE insured = ?1", [insured], |row| row.get(0)).unwrap()
        };
        let people = [place(world.person("hanako").insured.as_str()), place(refused.insured.as_str())];
        let facts = Self { db, now, people };
        let all = "INSERT INTO handle (handle, office, person)
             SELECT 'p' || p.id || '.' || o.number, o.number, p.id FROM office o JOIN person p ON p.id = ?1
             WHERE true ON CONFLICT (office, person) DO UPDATE SET handle = excluded.handle";
        facts.each(all);
        facts
    }

    fn each(&self, change: &str) {
        for person in self.people {
            self.db.execute(change, [person]).unwrap();
        }
    }

    fn timed(&self, change: &str, at: Time) {
        for person in self.people {
            self.db.execute(change, params![person, at.0]).unwrap();
        }
    }

    /// What an office calls the first, or the one whose doctor refused.
    pub(crate) fn handle(&self, office: &str, wrong: Wrong) -> PersonHandle {
        if wrong == Wrong::Unknown {
            return PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into());
        }
        PersonHandle(format!("p{}.{office}", self.people[usize::from(wrong == Wrong::Doctor)]))
    }

    /// The job of everybody everywhere.
    pub(crate) fn job(&self, code: Option<&str>) {
        let code = code.map(|code| format!("\"{code}\""));
        self.db.execute("UPDATE account SET job = ?1", [code]).unwrap();
    }

    /// Everything well, but for one thing.
    pub(crate) fn make(&self, wrong: Wrong) {
        self.db.execute_batch(if on_server() { "BEGIN" } else { "BEGIN IMMEDIATE" }).unwrap();
        self.well();
        let past = self.now.plus(-10);
        match wrong {
            Wrong::NoRight => self.each("DELETE FROM viewing_right WHERE person = ?1"),
            Wrong::RightOver => self.timed("UPDATE viewing_right SET until = ?2 WHERE person = ?1", past),
            Wrong::NoConsent => self.each("DELETE FROM data_consent WHERE person = ?1"),
            Wrong::Withdrawn => self.timed(
                "UPDATE data_consent SET withdrawn_at = ?2, withdrawn_by = '\"person\"' WHERE person = ?1",
                past,
            ),
            Wrong::ConsentOver => self.terms(Some(past)),
            Wrong::Support => self.certificate(|paper| paper["level"] = json!("12")),
            Wrong::Care => self.certificate(|paper| paper["level"] = json!("23")),
            Wrong::OtherPlanner => self.certificate(|paper| {
                let own = json!({ "number": null, "name": "自己作成", "filed_on": "2026-01-05" });
                paper["plan_offices"] = json!([own]);
            }),
            Wrong::OtherInsurer => self.each("UPDATE person SET insurer = '102012' WHERE id = ?1"),
            Wrong::Old | Wrong::Doctor | Wrong::Unknown | Wrong::Nothing => {}
        }
        self.db.execute_batch("COMMIT").unwrap();
    }

    /// Before the first decision, in nobody's charge: so every office's conditions hold at once.
    fn well(&self) {
        self.each("UPDATE person SET insurer = '102046' WHERE id = ?1");
        self.certificate(|paper| (paper["level"], paper["plan_offices"]) = (json!(null), json!([])));
        self.timed(
            "INSERT INTO viewing_right (office, person, way, until)
             SELECT o.number, p.id, '\"numbers\"', ?2 FROM office o JOIN person p ON p.id = ?1 WHERE true
             ON CONFLICT (office, person) DO UPDATE SET way = excluded.way, until = excluded.until",
            self.now.plus(9_000),
        );
        self.terms(None);
    }

    /// Consent to everything, for good or till a time.
    fn terms(&self, until: Option<Time>) {
        self.each("DELETE FROM data_consent WHERE person = ?1");
        let scope: Vec<&str> = ConsentScope::ALL.iter().map(|scope| scope.code()).collect();
        let mut terms = json!({
            "giver": "person", "method": "written", "basis": "application", "scope": scope,
            "given_at": self.now.0 - 100,
        });
        if let Some(until) = until {
            terms["until"] = json!(until);
        }
        for person in self.people {
            let consent = "INSERT INTO data_consent (id, person, recorded_at, terms) VALUES (?1, ?2, ?3, ?4)";
            let values = params![format!("c{person}"), person, self.now.0 - 100, terms.to_string()];
            self.db.execute(consent, values).unwrap();
        }
    }

    /// Changes what stands on every 被保険者証.
    fn certificate(&self, change: impl Fn(&mut Value)) {
        for person in self.people {
            let all = "SELECT history, content FROM record WHERE person = ?1 AND kind = 'certificate'";
            let mut select = self.db.prepare_cached(all).unwrap();
            let papers = select.query_map([person], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            for paper in papers {
                let (history, content): (i64, String) = paper.unwrap();
                let mut content: Value = serde_json::from_str(&content).unwrap();
                change(&mut content["present"]);
                let update = "UPDATE record SET content = ?3
                     WHERE person = ?1 AND kind = 'certificate' AND history = ?2";
                self.db.execute(update, params![person, history, content.to_string()]).unwrap();
            }
        }
    }
}
