//! 届出 in every state, about clients of the 居宅介護支援 office; and certificates that name no plan office yet,
//! so that a filing is due.

use super::clients::name;
use super::offices::OFFICES;
use super::resident::{self, ISESAKI, Resident};
use super::{Mark, client_file};
use crate::filing::{Place, Plant, Seal, number};
use crate::store::{Json, StoreError, Transaction, params};
use aws_lc_rs::digest::{SHA256, digest};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::filing::{
    Category, Confirmation, Confirmer, FiledOffice, FiledPerson, Filer, FilerRelation, Filing, FilingKey,
    FormKind, IdPaper, Identity, Reason, Statement, StatementKind,
};
use kakehashi_domain::number::{NumberError, OfficeNumber, UserId};
use kakehashi_domain::upstream::{Decision, FilingWay, Way};
use kakehashi_signing::DeviceKey;
use serde_json::Value;

/// Whose account files, and whose decides.
const STAFF: &str = "KYOTAKU.SATO";
const CLERK: &str = "ISESAKI.MORI";

/// What became of somebody's filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    Received,
    Returned,
    Accepted,
    Cancelled,
    Mended,
    Counter,
    Post,
    Due,
}

/// In turn.
const STORIES: [(Story, &str); 8] = [
    (Story::Received, "届出が受け付けられ、確認を待っている人"),
    (Story::Returned, "届出が差し戻された人"),
    (Story::Accepted, "届出が受理された人"),
    (Story::Due, "被保険者証に計画を作る事業所がまだない人"),
    (Story::Mended, "差し戻された届出を出し直した人"),
    (Story::Counter, "窓口に紙の届出を出した人"),
    (Story::Cancelled, "届出を取り下げた人"),
    (Story::Post, "郵送の届出が受理された人"),
];

/// Writes as many as the mark says; answers whose they are and what is to be seen there.
pub(super) fn write(
    db: &Transaction<'_>,
    mark: &Mark,
    seal: &Seal,
) -> Result<Vec<(u32, &'static str)>, StoreError> {
    if mark.filings == 0 {
        return Ok(Vec::new());
    }
    let account = |user: &str| {
        db.query_row("SELECT id FROM account WHERE user_id = ?1", [user], |row| row.get::<_, i64>(0))
    };
    let source = format!("{}(保険者)", resident::INSURERS[0].1);
    let plant = Plant { db, seal, source: &source, staff: account(STAFF)?, clerk: account(CLERK)? };
    let device = DeviceKey::generate().map_err(|_| StoreError::other("no key can be made"))?;
    let mut shown = Vec::new();
    let mut stories = STORIES.iter().cycle();
    for place in (0..mark.people).filter(|place| *place >= super::demo::ALL.len() as u32) {
        if shown.len() == mark.filings as usize {
            break;
        }
        let one = resident::at(mark.seed, place, mark.today).map_err(StoreError::other)?;
        let usual = resident::case_at(place).is_none() && one.insurer.as_str() == ISESAKI;
        if !usual || !client_file::is_client(&one) {
            continue;
        }
        let Some((story, note)) = stories.next() else { break };
        let teller = Teller { plant: &plant, device: &device, mark, place, one: &one };
        teller.tell(*story)?;
        teller.seen()?;
        shown.push((place, *note));
    }
    Ok(shown)
}

/// Tells one person's story.
struct Teller<'a> {
    plant: &'a Plant<'a>,
    device: &'a DeviceKey,
    mark: &'a Mark,
    place: u32,
    one: &'a Resident,
}

impl Teller<'_> {
    fn tell(&self, story: Story) -> Result<(), StoreError> {
        let back = Decision::Return {
            reason: "有効開始年月日を確かめて、出し直してください。".into()
        };
        let first = self.at(4, 1);
        let filing = content(self.one, first.at.date()).map_err(StoreError::other)?;
        let decided = Place { at: self.at(2, 0).at, ..first.clone() };
        match story {
            Story::Due => return self.unnamed(),
            Story::Counter | Story::Post => {
                let way = if story == Story::Post { FilingWay::Post } else { FilingWay::Counter };
                let sender = OfficeNumber::parse(OFFICES[4].number).map_err(StoreError::other)?;
                self.plant.paper((&sender, &self.key(1), way), &filing, &first)?;
            }
            _ => self.online(&filing, &first, None)?,
        }
        match story {
            Story::Returned | Story::Mended => self.plant.decide(&filing, &decided, &back)?,
            Story::Accepted | Story::Post => self.plant.decide(&filing, &decided, &Decision::Accept)?,
            Story::Cancelled => self.plant.cancel(&filing, &decided, "事業所を変えることになったため")?,
            Story::Received | Story::Counter | Story::Due => {}
        }
        if story == Story::Mended {
            let second = self.at(1, 2);
            let filing = content(self.one, second.at.date()).map_err(StoreError::other)?;
            self.online(&filing, &second, Some(&first))?;
        }
        Ok(())
    }

    /// So many days ago in the morning, the filing of this turn.
    fn at(&self, days_ago: i64, turn: u8) -> Place {
        let at = self.mark.today.plus_days(-days_ago).begin().plus(9 * 3_600 + i64::from(self.place % 3_600));
        let hash = digest(&SHA256, format!("filing {} {} {turn}", self.mark.seed, self.place).as_bytes());
        let random = hash.as_ref().first_chunk().copied().unwrap_or_default();
        let number = number(&self.one.insurer, at, &random);
        Place { number, person: i64::from(self.place), at }
    }

    fn key(&self, turn: u64) -> FilingKey {
        FilingKey(name(self.mark.seed ^ (0xF1_0000 + turn), i64::from(self.place)))
    }

    fn online(&self, filing: &Filing, place: &Place, replaces: Option<&Place>) -> Result<(), StoreError> {
        let office = filing.office.number.clone();
        let statement = Statement {
            kind: StatementKind::V1,
            key: self.key(if replaces.is_some() { 2 } else { 1 }),
            filing: filing.clone(),
            identity: Identity::Papers { seen: vec![IdPaper::DriversLicence], at: place.at.plus(-600) },
            confirmation: Confirmation { at: place.at.plus(-60), by: Confirmer::Person },
            replaces: replaces.map(|place| place.number.clone()),
            staff: UserId::parse(STAFF).map_err(StoreError::other)?,
            office,
            device: self.device.thumbprint().to_owned(),
            made_at: place.at.plus(-30),
        };
        self.plant.online(self.device, &statement, place)
    }

    /// The certificate names no plan office.
    fn unnamed(&self) -> Result<(), StoreError> {
        let db = self.plant.db;
        let certificate = "person = ?1 AND kind = 'certificate' AND withdrawn_on IS NULL";
        let (history, Json(mut content)): (i64, Json<Value>) = db.query_row(
            &format!("SELECT history, content FROM record WHERE {certificate} ORDER BY history DESC LIMIT 1"),
            [i64::from(self.place)],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if let Some(offices) = content.pointer_mut("/present/plan_offices") {
            *offices = Value::Array(Vec::new());
        }
        db.execute(
            "UPDATE record SET content = ?3 WHERE person = ?1 AND kind = 'certificate' AND history = ?2",
            params![i64::from(self.place), history, Json(content)],
        )?;
        Ok(())
    }

    /// The office may view the person for some days.
    fn seen(&self) -> Result<(), StoreError> {
        let (db, office, person) = (self.plant.db, OFFICES[0].number, i64::from(self.place));
        let until: Time = self.mark.today.plus_days(31).begin();
        db.execute(
            "INSERT INTO viewing_right (office, person, way, until) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (office, person) DO NOTHING",
            params![office, person, Json(Way::Numbers), until.0],
        )?;
        db.execute(
            "INSERT INTO handle (handle, office, person) VALUES (?1, ?2, ?3)
             ON CONFLICT (office, person) DO NOTHING",
            params![name(self.mark.seed, person), office, person],
        )?;
        Ok(())
    }
}

/// What somebody files on a day.
fn content(one: &Resident, on: Date) -> Result<Filing, NumberError> {
    let office = &OFFICES[0];
    let name = one.name.replace('\u{3000}', " ");
    Ok(Filing {
        form: FormKind::HomeCare,
        definition: "102046-2026".into(),
        category: Category::Change,
        insured: FiledPerson {
            insurer: one.insurer.clone(),
            number: one.insured.clone(),
            name: name.clone(),
            kana: one.kana.clone(),
            birth_date: one.birth,
            sex: None,
            postal: None,
            address: one.address.clone(),
            phone: None,
        },
        office: FiledOffice {
            number: OfficeNumber::parse(office.number)?,
            name: office.name.into(),
            postal: Some("3720000".into()),
            address: "群馬県伊勢崎市連取町9999番地".into(),
            phone: "0270-00-0000".into(),
            staff: Some(office.staff[1].name.into()),
        },
        entrusted: None,
        reason: Some(Reason::NewOrOffice),
        reason_text: None,
        start_on: on,
        change_on: None,
        provisional: false,
        same_month: None,
        filed_on: on,
        filer: Filer { name, relation: FilerRelation::Person, phone: None },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakehashi_domain::filing::wizard::sound;

    #[test]
    fn what_is_written_is_sound() {
        let today = Date::from_iso("2026-11-22").unwrap();
        for place in 100..300 {
            let one = resident::at(102_046, place, today).unwrap();
            if one.insurer.as_str() != ISESAKI {
                continue;
            }
            let filing = content(&one, today).unwrap();
            assert_eq!(sound(&filing, today), Ok(()), "{filing:?}");
        }
    }

    #[test]
    fn every_story_is_told_once_in_a_round() {
        for (at, (story, note)) in STORIES.iter().enumerate() {
            assert!(STORIES.iter().skip(at + 1).all(|(other, text)| other != story && text != note));
        }
    }
}
