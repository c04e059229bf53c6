use super::*;

fn open() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(Database::File(folder.path().join("x.db"))).unwrap();
    (folder, store)
}

fn put(transaction: &Transaction<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    transaction.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
    Ok(())
}

async fn notes(store: &Store) -> i64 {
    store.read(|db| Ok(db.query_row("SELECT count(*) FROM meta", [], |row| row.get(0))?)).await.unwrap()
}

#[tokio::test]
async fn a_change_is_whole_or_not_at_all() {
    let (folder, store) = open();
    let failed = store
        .write(|transaction| {
            put(transaction, "first", "x")?;
            put(transaction, "first", "x")
        })
        .await;
    assert!(failed.is_err_and(|error| !error.passes()));
    store.write(|transaction| put(transaction, "second", "x")).await.unwrap();
    assert_eq!(notes(&store).await, 1);
    assert_eq!(Database::File(folder.path().join("x.db")).note("second").unwrap().as_deref(), Some("x"));
}

#[tokio::test]
async fn a_person_cannot_stay_without_an_insurer() {
    let (_folder, store) = open();
    let orphan = store
        .write(|transaction| {
            Ok(transaction.execute(
                "INSERT INTO person (insurer, insured, birth_date, sex, name, kana, address)
                 VALUES ('999999', '1', '1940-01-01', '\"1\"', 'x', 'x', 'x')",
                [],
            )?)
        })
        .await;
    assert!(orphan.is_err());
}

/// How far SQLite goes for a commit: 1 is NORMAL, 2 is FULL.
fn care(transaction: &Transaction<'_>) -> Result<i64, StoreError> {
    Ok(transaction.query_row("PRAGMA synchronous", [], |row| row.get(0))?)
}

#[tokio::test]
async fn what_must_outlive_a_power_cut_waits_for_the_disk_and_nothing_else_does() {
    let (_folder, store) = open();
    assert_eq!(store.write(care).await.unwrap(), 1);
    assert_eq!(store.write_durably(care).await.unwrap(), 2);
    assert_eq!(store.write(care).await.unwrap(), 1);
    let failed = store.write_durably(|_| Err::<(), _>(StoreError::other("x"))).await;
    assert!(failed.is_err());
    assert_eq!(store.write(care).await.unwrap(), 1, "also after one that failed");
}

#[tokio::test]
async fn a_full_disk_leaves_nothing_half_written_and_passes() {
    let (_folder, store) = open();
    store
        .write(|transaction| {
            put(transaction, "before", "x")?;
            let pages: i64 = transaction.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            transaction.sqlite().pragma_update(None, "max_page_count", pages + 4)?;
            Ok(())
        })
        .await
        .unwrap();
    for durably in [false, true] {
        let work = |transaction: &Transaction<'_>| {
            put(transaction, "small", "x")?;
            put(transaction, "large", &"x".repeat(1_000_000))
        };
        let full = if durably { store.write_durably(work).await } else { store.write(work).await };
        let full = full.unwrap_err();
        assert!(full.passes(), "{full}");
        let problem = axum::response::IntoResponse::into_response(crate::answer::Refusal::from(full));
        assert_eq!(problem.status(), 503);
        assert_eq!(notes(&store).await, 1);
    }
    // Whoever has room again goes on.
    store.write(|transaction| put(transaction, "after", "x")).await.unwrap();
    assert_eq!(notes(&store).await, 2);
}
