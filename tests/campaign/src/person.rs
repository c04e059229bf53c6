//! Whom filings are for, and the statement as the device signs it.

use crate::Failure;
use crate::lane::{Lane, odd, seconds};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::filing::definition::definition;
use kakehashi_domain::filing::{
    Category, Confirmation, Confirmer, FiledOffice, FiledPerson, Filer, FilerRelation, Filing, FilingKey,
    FormKind, IdPaper, Identity, Reason, Statement, StatementKind,
};
use kakehashi_domain::upstream::{self, PersonHandle, SubmitRequest};

/// A client of the office.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) handle: PersonHandle,
    pub(crate) filed: FiledPerson,
}

impl Person {
    /// Of the upstream's; nobody whose birth date is no day. フリガナ that are not registered are asked for, as
    /// the form does.
    pub(crate) fn of(person: upstream::Person) -> Option<Self> {
        let kana = if person.kana.is_empty() { "タシカメタ".to_owned() } else { person.kana };
        let filed = FiledPerson {
            insurer: person.insurer,
            number: person.insured,
            name: person.name,
            kana,
            birth_date: person.birth_date.day()?,
            sex: None,
            postal: None,
            address: person.address,
            phone: None,
        };
        Some(Self { handle: person.handle, filed })
    }
}

/// A filing as it is confirmed: the request that is sent again byte by byte.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its key.
    pub key: FilingKey,
    /// 被保険者番号.
    pub insured: String,
    /// What is sent.
    pub request: SubmitRequest,
    person: Person,
}

impl Letter {
    /// Confirmed by a person of this lane, with papers that were seen.
    ///
    /// # Errors
    /// When there is no clock or no randomness.
    pub(crate) fn write(lane: &Lane, person: &Person) -> Result<Self, Failure> {
        let mut bytes = [0; 16];
        aws_lc_rs::rand::fill(&mut bytes)?;
        let key = FilingKey(Base64UrlUnpadded::encode_string(&bytes));
        let now = Time(i64::try_from(seconds()?)?);
        // The day before: the sandbox's clock goes an hour back now and then, over midnight too.
        let yesterday = now.plus(-86_400).date();
        let statement = Statement {
            kind: StatementKind::V1,
            key: key.clone(),
            filing: filing(lane, person, yesterday)?,
            identity: Identity::Papers { seen: vec![IdPaper::DriversLicence], at: now },
            confirmation: Confirmation { at: now, by: Confirmer::Person },
            replaces: None,
            staff: lane.account.user.parse()?,
            office: lane.account.office.parse()?,
            device: lane.key.thumbprint().to_owned(),
            made_at: now,
        };
        let text = serde_json::to_string(&statement)?;
        let signature = Base64UrlUnpadded::encode_string(&lane.key.sign(text.as_bytes()).map_err(odd)?);
        let request = SubmitRequest { person: person.handle.clone(), statement: text, signature };
        Ok(Self { key, insured: person.filed.number.as_str().to_owned(), request, person: person.clone() })
    }

    /// The same under another key.
    pub(crate) fn again(&self, lane: &Lane) -> Result<Self, Failure> {
        Self::write(lane, &self.person)
    }
}

fn filing(lane: &Lane, person: &Person, day: Date) -> Result<Filing, Failure> {
    let form = FormKind::HomeCare;
    let definition = definition(&person.filed.insurer, form, day).ok_or("no form")?;
    Ok(Filing {
        form,
        definition: definition.version.id.into(),
        category: Category::New,
        insured: person.filed.clone(),
        office: FiledOffice {
            number: lane.account.office.parse()?,
            name: "かけはし居宅介護支援事業所".into(),
            postal: None,
            address: "群馬県伊勢崎市連取町9999".into(),
            phone: "0270000000".into(),
            staff: None,
        },
        entrusted: None,
        reason: Some(Reason::NewOrOffice),
        reason_text: None,
        start_on: day,
        change_on: None,
        provisional: false,
        same_month: None,
        filed_on: day,
        filer: Filer { name: person.filed.name.clone(), relation: FilerRelation::Person, phone: None },
    })
}
