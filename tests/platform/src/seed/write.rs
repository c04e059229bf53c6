//! Into the database: one transaction, statements prepared once.

use super::cases::{Came, Paper};
use super::odd::Strange;
use super::resident::{INSURERS, Resident};
use super::script::{Script, Scripts};
use super::show::DemoPerson;
use super::{
    Mark, PasswordCost, SignIn, accounts, application, client_file, clients, consents, dates, demo, filings,
    progress, resident,
};
use crate::PlatformError;
use crate::filing::Seal;
use crate::layout::Layout;
use crate::secret::InstallationKey;
use crate::store::{Json, Kind, Statement, StoreError, Transaction, params};
use aws_lc_rs::digest;
use base64ct::{Base64UrlUnpadded, Encoding};
use der::{DecodePem, Encode};
use kakehashi_card::CardFile;
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::qualification::{CertificationState, Content, InsuranceCertificate};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// What was written, for showing.
pub(super) struct Outcome {
    pub(super) sign_in: Vec<SignIn>,
    pub(super) demo: Vec<DemoPerson>,
    /// The file of clients.
    pub(super) clients: String,
}

/// Which cards are bound to whom: place in the register and keyed hash of the public key.
pub(super) struct Bindings(Vec<(usize, [u8; 32])>);

impl Bindings {
    /// Differs when the cards or the installation's key differ.
    pub(super) fn fingerprint(&self) -> String {
        let mut whole = digest::Context::new(&digest::SHA256);
        self.0.iter().for_each(|(_, binding)| whole.update(binding));
        Base64UrlUnpadded::encode_string(whole.finish().as_ref())
    }
}

/// Reads the cards that `init` made.
pub(super) fn bindings(layout: &Layout) -> Result<Bindings, PlatformError> {
    if !layout.installation_key().exists() {
        return Err(PlatformError::NotMade {
            dir: layout.dir().to_owned(),
            missing: layout.installation_key(),
        });
    }
    let key = InstallationKey::load(&layout.installation_key())?;
    let mut bindings = Vec::new();
    for (place, who) in demo::ALL.iter().enumerate() {
        for id in who.cards {
            let path = layout.cards().join(format!("{id}.json"));
            let card = CardFile::load(&path).map_err(|error| PlatformError::content(&path, error))?;
            let pem = card.auth_certificate.unwrap_or_default();
            let spki = x509_cert::Certificate::from_pem(pem.as_bytes())
                .and_then(|certificate| certificate.tbs_certificate.subject_public_key_info.to_der())
                .map_err(|error| PlatformError::content(&path, error))?;
            bindings.push((place, key.binding(&spki)));
        }
    }
    Ok(Bindings(bindings))
}

/// Writes a whole database.
pub(super) fn whole(
    db: &Transaction<'_>,
    mark: &Mark,
    cards: &Bindings,
    seal: &Seal,
    cost: PasswordCost,
) -> Result<Outcome, PlatformError> {
    insurers(db)?;
    let sign_in = accounts::write(db, cost)?;
    let demonstration = people(db, mark, cards)?;
    let Demonstration { people: mut demo, clients: file, scripted, .. } = demonstration;
    clients::write(db, mark)?;
    for (place, note) in filings::write(db, mark, seal)? {
        let one = resident::at(mark.seed, place, mark.today).map_err(PlatformError::pki)?;
        demo.push(shown(&one, &[], note));
    }
    consents::write(db, mark.seed, mark.today, &scripted)?;
    let text = serde_json::to_string(mark).map_err(StoreError::other)?;
    db.execute("INSERT INTO meta (key, value) VALUES ('seed', ?1)", [text]).map_err(StoreError::from)?;
    Ok(Outcome { sign_in, demo, clients: client_file::text(&file) })
}

fn insurers(db: &Transaction<'_>) -> Result<(), StoreError> {
    let mut insurer = db.prepare_cached("INSERT INTO insurer (number, name) VALUES (?1, ?2)")?;
    for (number, name, _) in INSURERS {
        insurer.execute([number, name])?;
    }
    Ok(())
}

fn people(db: &Transaction<'_>, mark: &Mark, cards: &Bindings) -> Result<Demonstration, StoreError> {
    let mut person = db.prepare_cached(
        "INSERT INTO person (id, insurer, insured, birth_date, sex, name, kana, address)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut record = Record {
        insert: db.prepare_cached(
            "INSERT INTO record (person, kind, history, as_of, source, content, registered_on, withdrawn_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?,
        application: db.prepare_cached(
            "INSERT INTO application (person, applied_on, kind, decided_on) VALUES (?1, ?2, ?3, ?4)",
        )?,
        today: mark.today,
        strange: &[],
        as_of: dates::last_delivery(mark.today),
    };
    let mut binding = db.prepare_cached("INSERT INTO card_binding (spki, person) VALUES (?1, ?2)")?;
    let mut demo = Demonstration::default();
    let mut scripts = Scripts::new(mark);
    let progress = progress::Progress { db, seed: mark.seed, today: mark.today };
    for place in 0..mark.people {
        let mut one = resident::at(mark.seed, place, mark.today).map_err(StoreError::other)?;
        let script = scripts.of(place, &one);
        if let Some(script) = script {
            script.prepare(&mut one, mark.today);
        }
        person.execute(params![
            place,
            one.insurer.as_str(),
            one.insured.as_str(),
            one.birth.to_string(),
            Json(one.sex),
            one.name,
            one.kana,
            one.address,
        ])?;
        record.write(place, &one)?;
        let applications = record.applications(place, &one, script)?;
        // Of a large register the decided cases of a part are enough.
        let all = place < progress::DECIDED_OF;
        let written = applications.iter().filter(|(made, _)| all || made.decided_on.is_none());
        progress.write(place, &one, script, written)?;
        for (_, spki) in cards.0.iter().filter(|(holder, _)| *holder == place as usize) {
            binding.execute(params![spki, place])?;
        }
        demo.look_at(place, &one, script.map(|script| script.note));
    }
    Ok(demo)
}

/// Writes the five kinds.
struct Record<'a> {
    insert: Statement<'a>,
    application: Statement<'a>,
    today: Date,
    as_of: Time,
    /// What stands in the present records of whoever is written.
    strange: &'static [Strange],
}

impl Record<'_> {
    fn write(&mut self, person: u32, one: &Resident) -> Result<(), StoreError> {
        let source = format!("{}(保険者)", one.insurer_name);
        let (papers, earlier) = (&one.papers, &one.earlier);
        let record = (person, source.as_str());
        self.strange = one.strange;
        self.versions(record, Kind::Certificate, &earlier.certificate, &papers.certificate)?;
        self.versions(record, Kind::Copayment, &earlier.copayment, &papers.copayment)?;
        self.versions(record, Kind::Limit, &earlier.limit, &papers.limit)?;
        self.one(record, (Kind::Housing, 1), self.as_of, &papers.housing, (None, None))?;
        self.one(record, (Kind::Equipment, 1), self.as_of, &papers.equipment, (None, None))
    }

    /// Writes the applications; answers them with the certificates they led to.
    fn applications<'b>(
        &mut self,
        person: u32,
        one: &'b Resident,
        script: Option<&Script>,
    ) -> Result<Vec<application::Made<'b>>, StoreError> {
        let mut papers: Vec<&InsuranceCertificate> = one
            .earlier
            .certificate
            .iter()
            .filter(|came| came.withdrawn_on.is_none())
            .map(|came| &came.paper)
            .collect();
        if let Content::Present(paper) = &one.papers.certificate {
            papers.push(paper);
        }
        let mut all = application::all(&papers, self.today);
        if let Some(script) = script {
            script.apply(&mut all, self.today);
        }
        for (made, _) in &all {
            let decided_on = made.decided_on.map(|on| on.to_string());
            let applied_on = made.applied_on.to_string();
            self.application.execute(params![person, applied_on, Json(made.kind), decided_on])?;
        }
        Ok(all)
    }

    /// The versions of one kind, the present one last.
    fn versions<T: Paper>(
        &mut self,
        record: (u32, &str),
        kind: Kind,
        earlier: &[Came<T>],
        present: &Content<T>,
    ) -> Result<(), StoreError> {
        let mut number = 1;
        for came in earlier {
            let (as_of, days) =
                (dates::last_delivery(came.on.plus_days(1)), (Some(came.on), came.withdrawn_on));
            self.one(record, (kind, number), as_of, &Content::Present(came.paper.clone()), days)?;
            number += 1;
        }
        let registered_on = match present {
            Content::Present(paper) => Some(paper.issued_on().unwrap_or(self.as_of.date())),
            _ => None,
        };
        self.one(record, (kind, number), self.as_of, present, (registered_on, None))
    }

    /// A content as text; a present one with what is strange in it.
    fn text<T: Serialize>(
        &self,
        kind: Kind,
        as_of: Time,
        content: &Content<T>,
    ) -> Result<String, StoreError> {
        let strange = || self.strange.iter().filter(|(of, ..)| *of == kind && as_of == self.as_of);
        if strange().next().is_none() {
            return serde_json::to_string(content).map_err(StoreError::other);
        }
        let mut value = serde_json::to_value(content).map_err(StoreError::other)?;
        for (_, place, instead) in strange() {
            if let Some(part) = value.pointer_mut(&format!("/present{place}")) {
                *part = serde_json::from_str::<Value>(instead).map_err(StoreError::other)?;
            }
        }
        Ok(value.to_string())
    }

    /// One record, with the days on which it was registered and withdrawn.
    fn one<T: Serialize>(
        &mut self,
        (person, source): (u32, &str),
        (kind, number): (Kind, u32),
        as_of: Time,
        content: &Content<T>,
        (registered_on, withdrawn_on): (Option<Date>, Option<Date>),
    ) -> Result<(), StoreError> {
        let text = |day: Option<Date>| day.map(|day| day.to_string());
        self.insert.execute(params![
            person,
            kind.name(),
            number,
            as_of.0,
            source,
            self.text(kind, as_of, content)?,
            text(registered_on),
            text(withdrawn_on),
        ])?;
        Ok(())
    }
}

/// Picks whom to show: the people of the cards, then the first of each trait.
#[derive(Default)]
struct Demonstration {
    people: Vec<DemoPerson>,
    traits: Vec<&'static str>,
    clients: Vec<DemoPerson>,
    /// Places of those whose case is a script.
    scripted: BTreeSet<u32>,
}

impl Demonstration {
    fn look_at(&mut self, place: u32, one: &Resident, script: Option<&'static str>) {
        self.scripted.extend(script.map(|_| place));
        if self.clients.len() < client_file::LENGTH && client_file::is_client(one) {
            self.clients.push(shown(one, &[], ""));
        }
        let case = resident::case_at(place).map(|case| case.note).or(script);
        match (demo::ALL.get(place as usize), case.or_else(|| trait_of(one))) {
            (Some(who), _) => self.people.push(shown(one, who.cards, who.note)),
            (None, Some(note)) if !self.traits.contains(&note) => {
                self.traits.push(note);
                self.people.push(shown(one, &[], note));
            }
            _ => {}
        }
    }
}

fn shown(one: &Resident, cards: &[&str], note: &str) -> DemoPerson {
    DemoPerson {
        cards: cards.iter().map(|id| (*id).to_owned()).collect(),
        note: note.to_owned(),
        name: one.name.clone(),
        kana: one.kana.clone(),
        insurer: one.insurer.clone(),
        insured: one.insured.clone(),
        birth_date: one.birth,
        sex: one.sex,
    }
}

fn trait_of(one: &Resident) -> Option<&'static str> {
    match &one.papers.certificate {
        Content::NotMigrated => Some("保険者がまだデータを移していない人(住所地特例)"),
        Content::Present(paper) if paper.level.is_none() => Some("はじめての認定を申請中の人"),
        Content::Present(paper) if !paper.restrictions.is_empty() => Some("給付制限のある人"),
        Content::Present(paper) if paper.state == CertificationState::Applied => Some("更新を申請中の人"),
        _ if one.insured.as_str().starts_with('H') => Some("H番号の人(生活保護のみ)"),
        _ => None,
    }
}
