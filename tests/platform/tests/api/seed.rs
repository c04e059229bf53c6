//! Making and seeding: the same every time, nothing twice, and quickly.

use crate::database::{on_server, open};
use crate::world::{TODAY, copy, options};
use kakehashi_domain::calendar::Date;
use kakehashi_platform::store::Value;
use kakehashi_platform::{Layout, PlatformError, SeedOptions, make, seed};
use sha2::{Digest, Sha256};

/// SHA-256 of all that does not depend on the installation's keys.
fn digest(layout: &Layout) -> [u8; 32] {
    let database = open(layout);
    let mut whole = Sha256::new();
    for select in [
        "SELECT * FROM insurer ORDER BY number",
        "SELECT * FROM office ORDER BY number",
        "SELECT id, user_id, office, name, role, mail FROM account ORDER BY id",
        "SELECT * FROM person ORDER BY id",
        "SELECT * FROM record ORDER BY person, kind, history",
    ] {
        let mut statement = database.prepare_cached(select).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..row.len() {
                match row.get::<_, Value<'_>>(column).unwrap() {
                    Value::Null => whole.update("nothing"),
                    Value::Integer(number) => whole.update(number.to_be_bytes()),
                    Value::Text(text) => whole.update(text.as_bytes()),
                    Value::Blob(bytes) => whole.update(bytes),
                }
                whole.update("\0");
            }
        }
    }
    whole.finalize().into()
}

#[test]
fn the_same_options_make_the_same_people() {
    let (one, other) = (copy(), copy());
    let (one, two) = (one.layout(), other.layout());
    let before = digest(&one);
    assert_eq!(before, digest(&two));
    // In the other kind of database too.
    if on_server() {
        let file = two.clone().with_database(None);
        assert!(!seed(&file, &options()).unwrap().kept);
        assert_eq!(before, digest(&file));
    }
    // Written anew, in another directory, under other keys: still the same.
    std::fs::remove_dir_all(two.pki()).unwrap();
    other.lose_database();
    make(&two).unwrap();
    assert!(!seed(&two, &options()).unwrap().kept);
    assert_eq!(before, digest(&two));
    // Another number, other people.
    assert!(!seed(&two, &SeedOptions { seed: 1, ..options() }).unwrap().kept);
    assert_ne!(before, digest(&two));
}

#[test]
fn nothing_is_done_twice_and_what_differs_is_done_anew() {
    let folder = copy();
    let layout = folder.layout();
    assert!(!make(&layout).unwrap());
    assert!(seed(&layout, &options()).unwrap().kept);
    let other_day = Date::from_iso("2027-04-01").ok();
    let kept = |options: SeedOptions| seed(&layout, &options).unwrap().kept;
    assert!(!kept(SeedOptions { people: 61, ..options() }));
    assert!(!kept(SeedOptions { people: 61, clients: 1, ..options() }));
    assert!(!kept(SeedOptions { today: other_day, ..options() }));
    assert!(kept(SeedOptions { today: other_day, ..options() }));
    // New keys bind new cards.
    std::fs::remove_file(layout.pki().join("made.json")).unwrap();
    assert!(make(&layout).unwrap());
    assert!(!kept(SeedOptions { today: other_day, ..options() }));
}

#[test]
fn a_broken_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let layout = Layout::new(folder.path());
    assert!(matches!(seed(&layout, &options()), Err(PlatformError::NotMade { .. })));
    let folder = copy();
    let layout = folder.layout();
    std::fs::write(layout.cards().join("taro.json"), "{").unwrap();
    let error = seed(&layout, &options()).unwrap_err().to_string();
    assert!(error.contains("taro.json"), "{error}");
}

#[test]
fn a_small_city_is_written_in_one_go() {
    let folder = copy();
    let layout = folder.layout();
    // A server is asked row by row, over the network.
    let people = if on_server() { 1_000 } else { 5_000 };
    seed(&layout, &SeedOptions { people, ..options() }).unwrap();
    let database = open(&layout);
    let count = |select| database.query_row(select, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM person"), i64::from(people));
    // Five kinds each, and the versions before of those whose history is the case, of the client whose change
    // was decided just now, and of the one whose result was corrected: the one before and the mistaken one.
    assert_eq!(count("SELECT count(*) FROM record WHERE history = 1"), 5 * i64::from(people));
    assert_eq!(count("SELECT count(*) FROM record WHERE history > 1"), 12);
    assert_eq!(count("SELECT count(*) FROM card_binding"), 6);
    let file = std::fs::read_to_string(layout.clients()).unwrap();
    let clients = kakehashi_domain::import::read(&file, Date::from_iso(TODAY).unwrap()).unwrap();
    assert_eq!(clients.lines.iter().filter(|line| line.findings.is_empty()).count(), 40);
    if !on_server() {
        let check = database.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
        assert_eq!(check.unwrap(), "ok");
    }
}

/// All values of all tables of a server, one after the other.
fn everything(layout: &Layout) -> Vec<u8> {
    let database = open(layout);
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'kakehashi'";
    let mut select = database.prepare_cached(tables).unwrap();
    let mut all = Vec::new();
    for table in select.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let mut select = database.prepare_cached(&format!("SELECT * FROM {}", table.unwrap())).unwrap();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..row.len() {
                match row.get::<_, Value<'_>>(column).unwrap() {
                    Value::Text(text) => all.extend_from_slice(text.as_bytes()),
                    Value::Blob(bytes) => all.extend_from_slice(&bytes),
                    Value::Null | Value::Integer(_) => {}
                }
            }
        }
    }
    all
}

#[test]
fn no_certificate_number_is_kept_anywhere() {
    let folder = copy();
    let layout = folder.layout();
    let card = kakehashi_card::CardFile::load(&layout.cards().join("hanako.json")).unwrap();
    let pem = card.auth_certificate.unwrap();
    let certificate = <x509_cert::Certificate as der::DecodePem>::from_pem(pem.as_bytes()).unwrap();
    let serial = certificate.tbs_certificate.serial_number.as_bytes().to_vec();
    let name = b"K4NAKO0001".to_vec();
    let database = if on_server() { everything(&layout) } else { std::fs::read(folder.file()).unwrap() };
    let holds = |needle: &[u8]| database.windows(needle.len()).any(|window| window == needle);
    assert!(!holds(&serial) && !holds(&name));
    assert!(holds("山田".as_bytes()), "the search itself works");
}

#[test]
fn there_may_be_filings_in_every_state_from_the_start() {
    let folder = copy();
    let layout = folder.layout();
    let options = SeedOptions { people: 300, filings: 16, ..options() };
    let seeded = seed(&layout, &options).unwrap();
    let database = open(&layout);
    let count = |select: &str| database.query_row(select, [], |row| row.get::<_, i64>(0)).unwrap();
    for (state, many) in
        [("received", 6), ("returned", 2), ("accepted", 4), ("cancelled", 2), ("superseded", 2)]
    {
        let found = count(&format!("SELECT count(*) FROM filing WHERE state = '{state}'"));
        assert_eq!(found, many, "{state}");
    }
    assert_eq!(count("SELECT count(*) FROM filing WHERE way <> 'online'"), 4);
    assert_eq!(count("SELECT count(*) FROM filing_key"), 12);
    // What was accepted stands on the certificate.
    let named =
        "SELECT count(*) FROM filing f JOIN record r ON r.person = f.person AND r.kind = 'certificate'
                 WHERE f.state = 'accepted' AND r.history > 1
                 AND instr(r.content, '\"filed_on\":\"' || f.received_on) > 0";
    assert_eq!(count(named), 4);
    assert_eq!(seeded.demo.iter().filter(|person| person.note.contains("届出")).count(), 14);
    // The same each time, but for what is signed.
    let numbers = |layout: &Layout| {
        let database = open(layout);
        let mut select =
            database.prepare_cached("SELECT number || content || state FROM filing ORDER BY id").unwrap();
        let rows = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.collect::<Result<Vec<_>, _>>().unwrap()
    };
    let another = copy();
    let other = another.layout();
    seed(&other, &options).unwrap();
    assert_eq!(numbers(&layout), numbers(&other));
}

#[test]
fn an_office_may_begin_with_clients() {
    let folder = copy();
    let layout = folder.layout();
    seed(&layout, &SeedOptions { clients: 20, ..options() }).unwrap();
    let database = open(&layout);
    let count = |select: &str| database.query_row(select, [], |row| row.get::<_, i64>(0)).unwrap();
    // On the list, and with what leads there: a right that holds, a name, a consent on record.
    let listed = "FROM client c JOIN held_right USING (office, person) JOIN handle USING (office, person)
                  JOIN consent USING (office, person)";
    assert_eq!(count(&format!("SELECT count(*) {listed}")), 20);
    assert_eq!(count(&format!("SELECT count(DISTINCT person) {listed}")), 20);
    assert_eq!(count("SELECT count(DISTINCT office) FROM client"), 1);
    assert_eq!(count("SELECT count(DISTINCT handle) FROM handle"), 20);
}
