//! An office that has its clients already: as if each had been found by numbers, with consent, and put on
//! the list on the reference day.

use super::Mark;
use super::offices::OFFICES;
use crate::Rules;
use crate::store::{Json, StoreError, Transaction, params};
use aws_lc_rs::digest::{SHA256, digest};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{ConsentGiver, ConsentMethod, Way};

/// Puts as many people as the mark says on the list of the 居宅介護支援 office, taken evenly from the register.
pub(super) fn write(db: &Transaction<'_>, mark: &Mark) -> Result<(), StoreError> {
    let office = OFFICES[0].number;
    // The day's beginning in Japan.
    let began = Time((mark.today.day_number() * 24 - 9) * 3_600);
    let until = began.plus(i64::from(Rules::default().right_of_client_s));
    let mut right =
        db.prepare_cached("INSERT INTO viewing_right (office, person, way, until) VALUES (?1, ?2, ?3, ?4)")?;
    let mut handle = db.prepare_cached("INSERT INTO handle (handle, office, person) VALUES (?1, ?2, ?3)")?;
    let mut client =
        db.prepare_cached("INSERT INTO client (office, person, added_at, until) VALUES (?1, ?2, ?3, ?4)")?;
    let mut consent = db.prepare_cached(
        "INSERT INTO consent (person, office, account, giver, method, given_at, recorded_at)
         SELECT ?1, ?2, min(id), ?3, ?4, ?5, ?5 FROM account WHERE office = ?2",
    )?;
    for person in places(mark.people, mark.clients) {
        consent.execute(params![
            person,
            office,
            Json(ConsentGiver::Person),
            Json(ConsentMethod::Written),
            began.0
        ])?;
        right.execute(params![office, person, Json(Way::Numbers), until.0])?;
        handle.execute(params![name(mark.seed, person), office, person])?;
        client.execute(params![office, person, began.0, until.0])?;
    }
    Ok(())
}

/// So many places of a register, evenly.
pub(super) fn places(people: u32, clients: u32) -> impl Iterator<Item = i64> {
    let (people, clients) = (i64::from(people), i64::from(clients.min(people)));
    (0..clients).map(move |at| at * people / clients)
}

/// What the office calls a person: the same with each seeding, and nothing to be read from it.
pub(super) fn name(seed: u64, person: i64) -> String {
    let hash = digest(&SHA256, format!("handle {seed} {person}").as_bytes());
    Base64UrlUnpadded::encode_string(hash.as_ref().get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_stand_evenly_in_the_register_and_no_more_than_there_are() {
        assert_eq!(places(10, 5).collect::<Vec<_>>(), [0, 2, 4, 6, 8]);
        assert_eq!(places(3, 7).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(places(3, 0).count(), 0);
        assert_eq!(places(1_000_000, 1_000).last(), Some(999_000));
        assert_eq!(name(1, 2).len(), 22);
        assert_ne!(name(1, 2), name(2, 1));
    }
}
