//! What SQLite and PostgreSQL must agree on, and what only a server can do: go away.

use crate::database::{House, on_server};
use crate::person_search::{request, search};
use crate::world::World;
use kakehashi_domain::upstream::{ClientRequest, Empty, PersonHandle, route};
use kakehashi_platform::Layout;
use kakehashi_platform::store::Connection;
use std::collections::BTreeSet;

/// Some columns of an answer, as one text for each row.
fn set(db: &Connection, question: &str) -> BTreeSet<String> {
    let mut select = db.prepare_cached(question).unwrap();
    let rows = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// A database of SQLite beside the one the tests run on.
fn file() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let connection = Layout::new(folder.path()).database().open().unwrap();
    (folder, connection)
}

#[test]
fn both_have_the_same_tables_columns_indexes_and_triggers() {
    let (_folder, sqlite) = file();
    let house = House::copy();
    if !on_server() {
        return assert!(!set(&sqlite, "SELECT name FROM sqlite_master WHERE type = 'table'").is_empty());
    }
    let server = house.open();
    let kept = "m.name NOT LIKE 'sqlite!_%' ESCAPE '!'";
    let columns = set(
        &sqlite,
        &format!(
            "SELECT m.name || '.' || p.name || ' ' || CASE WHEN m.type = 'view' THEN ''
                 ELSE p.type || CASE WHEN p.\"notnull\" OR p.pk THEN ' NOT NULL' ELSE '' END END
             FROM sqlite_master m JOIN pragma_table_info(m.name) p
             WHERE m.type IN ('table', 'view') AND {kept}"
        ),
    );
    let columns_of_server = set(
        &server,
        "SELECT c.table_name || '.' || c.column_name || ' ' || CASE WHEN t.table_type = 'VIEW' THEN ''
             ELSE CASE c.data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB'
                 WHEN 'text' THEN CASE c.collation_name WHEN 'C' THEN 'TEXT' ELSE 'TEXT of another order' END
                 ELSE c.data_type END || CASE c.is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END END
         FROM information_schema.columns c
         JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = 'kakehashi' AND c.table_name <> 'step_done'",
    );
    assert_eq!(columns, columns_of_server);
    let named = |what: &str| {
        set(&sqlite, &format!("SELECT m.name FROM sqlite_master m WHERE m.type = '{what}' AND {kept}"))
    };
    let made = "SELECT CAST(i.relname AS TEXT) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                WHERE i.relnamespace = 'kakehashi'::regnamespace AND NOT EXISTS
                (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid)";
    let mut indexes = set(&server, made);
    // In SQLite it is a constraint, which has no name.
    indexes.remove("case_event_once");
    assert_eq!(named("index"), indexes);
    let triggers = "SELECT CAST(tgname AS TEXT) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                    WHERE NOT tgisinternal AND c.relnamespace = 'kakehashi'::regnamespace";
    assert_eq!(named("trigger"), set(&server, triggers));
}

#[test]
fn texts_come_in_the_order_of_their_bytes() {
    let house = House::copy();
    let db = house.open();
    let mut keys = ["ア", "あ", "ｱ", "Z", "a", "é", "ー", "一", "1", "_", "B", "ァ", "ヴ"].map(str::to_owned);
    for key in &keys {
        db.execute("INSERT INTO meta (key, value) VALUES (?1, 'order')", [key]).unwrap();
    }
    keys.sort();
    let mut select = db.prepare_cached("SELECT key FROM meta WHERE value = 'order' ORDER BY key").unwrap();
    let kept = select.query_map([], |row| row.get(0)).unwrap().collect::<Result<Vec<String>, _>>().unwrap();
    assert_eq!(kept, keys);
    let after = "SELECT count(*) FROM meta WHERE value = 'order' AND key > ?1";
    let count: usize = db.query_row(after, ["a"], |row| row.get::<_, u32>(0)).unwrap() as usize;
    assert_eq!(count, keys.iter().filter(|key| key.as_str() > "a").count());
}

#[tokio::test]
async fn a_text_that_one_of_them_cannot_keep_is_no_request() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let body = ClientRequest { person: PersonHandle("a\0b".into()) };
    let (status, code, detail) = browser.post(route::CLIENTS_ADD, &body).await.problem();
    assert_eq!((status, code.as_str(), detail.as_str()), (400, "UPS-400", "body"));
    world.stop().await;
}

#[test]
fn whoever_changes_keeps_everybody_else_from_changing() {
    let house = House::copy();
    let (mut one, mut two) = (house.open(), house.open());
    let soon = if on_server() { "SET lock_timeout = '20ms'" } else { "PRAGMA busy_timeout = 20" };
    two.execute_batch(soon).unwrap();
    let change = one.transaction().unwrap();
    change.execute("INSERT INTO meta (key, value) VALUES ('one', 'x')", []).unwrap();
    assert!(two.transaction().is_err());
    let count = "SELECT count(*) FROM meta WHERE key = 'one'";
    let seen = |db: &Connection| db.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((seen(&change), seen(&two)), (1, 0));
    drop(change);
    assert_eq!(seen(&two), 0, "what was not committed is gone");
    let change = two.transaction().unwrap();
    change.execute("INSERT INTO meta (key, value) VALUES ('one', 'x')", []).unwrap();
    change.commit().unwrap();
    assert_eq!(seen(&one), 1);
}

#[tokio::test]
async fn a_server_that_was_lost_is_unavailable_and_found_again() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    search(&browser, &request(world.person("hanako"))).await.ok();
    for _ in 0..3 {
        if on_server() {
            let others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()";
            let ended: i64 = world.database().query_row(others, [], |row| row.get(0)).unwrap();
            assert!(ended > 0);
        }
        // One for those that read, one for the one that writes.
        for path in [route::PERSON_SEEN, route::CLIENTS_LIST] {
            let mut status = browser.post(path, &Empty {}).await.status;
            if on_server() && status.as_u16() == 503 {
                status = browser.post(path, &Empty {}).await.status;
            }
            // Every call reads whose it is before it writes.
            if on_server() && status.as_u16() == 503 {
                status = browser.post(path, &Empty {}).await.status;
            }
            assert_eq!(status.as_u16(), 200, "{path}");
        }
    }
    world.stop().await;
}
