//! What the tests run on: SQLite in a file or, when `KAKEHASHI_DATABASE` names a server, PostgreSQL, a database
//! for each test at a time. Some databases are left on the server, which is one for tests (`.make/postgres`).

use crate::world::{options, template};
use kakehashi_platform::store::{Connection, Database};
use kakehashi_platform::{Layout, make, seed};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use tempfile::TempDir;

/// The server's address up to the name of a database.
fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    let named = || std::env::var("KAKEHASHI_DATABASE").ok();
    let server = SERVER.get_or_init(|| named().map(|url| url.rsplit_once('/').unwrap().0.to_owned()));
    server.as_deref()
}

/// Whether it is PostgreSQL.
pub(crate) fn on_server() -> bool {
    server().is_some()
}

/// Tells a database what no sandbox may. On a thread of its own, because the client has a runtime of its own.
fn tell(server: &str, name: &str, words: &str) {
    let url = format!("{server}/{name}");
    let told = || postgres::Client::connect(&url, postgres::NoTls).unwrap().batch_execute(words).unwrap();
    std::thread::scope(|scope| scope.spawn(told).join().unwrap());
}

/// Does something to every table of a database: `%1$I`.
fn each_table(what: &str) -> String {
    format!(
        "DO $$ DECLARE one text; BEGIN
             FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'kakehashi' LOOP {what}; END LOOP;
         END $$"
    )
}

/// Keeps a second copy of all tables in their own database.
fn keep_pristine() -> String {
    let copy = "EXECUTE format('CREATE TABLE pristine.%1$I AS SELECT * FROM kakehashi.%1$I', one)";
    format!("CREATE SCHEMA pristine; {}", each_table(copy))
}

/// Makes all tables what they were, and ends whoever is still connected. Making a whole database takes a hundred
/// times as long.
fn restore() -> String {
    let rows = "EXECUTE format('DELETE FROM kakehashi.%1$I', one);
         EXECUTE format('INSERT INTO kakehashi.%1$I SELECT * FROM pristine.%1$I', one)";
    format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid();
         SET session_replication_role = replica; SET synchronous_commit = off; {};
         DO $$ DECLARE one record; BEGIN
             FOR one IN SELECT c.relname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                        WHERE a.attidentity <> '' AND c.relnamespace = 'kakehashi'::regnamespace LOOP
                 EXECUTE format('SELECT setval(pg_get_serial_sequence(''kakehashi.%1$I'', ''id''),
                     (SELECT coalesce(max(id), 0) + 1 FROM kakehashi.%1$I), false)', one.name);
             END LOOP;
         END $$",
        each_table(rows)
    )
}

/// Copies of the template that no test has now.
static FREE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A database of a server. It is the next test's afterwards, or gone.
pub(crate) struct Own {
    server: &'static str,
    name: String,
    /// Whether another test may have it.
    again: AtomicBool,
}

impl Own {
    /// An empty one, or a copy of another; nothing without a server.
    pub(crate) fn new(of: Option<&Self>) -> Option<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let server = server()?;
        let again = AtomicBool::new(of.is_some());
        let free = of.and_then(|_| FREE.lock().unwrap().pop());
        if let Some(name) = free {
            tell(server, &name, &restore());
            return Some(Self { server, name, again });
        }
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("kakehashi_{}_{number}", std::process::id());
        let source = of.map_or("template0", |own| &own.name);
        tell(server, "postgres", &format!("CREATE DATABASE {name} TEMPLATE {source}"));
        Some(Self { server, name, again })
    }

    pub(crate) fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if *self.again.get_mut() {
            FREE.lock().unwrap().push(std::mem::take(&mut self.name));
        } else {
            tell(self.server, "postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

/// A sandbox's directory with its database; both go with it.
pub(crate) struct House {
    folder: TempDir,
    own: Option<Own>,
}

impl House {
    /// With keys, and so many people as there are in [`options`].
    pub(crate) fn made() -> Self {
        let house = Self::empty();
        let layout = house.layout();
        assert!(make(&layout).unwrap());
        assert!(!seed(&layout, &options()).unwrap().kept);
        if let Some(own) = &house.own {
            tell(own.server, &own.name, &keep_pristine());
        }
        house
    }

    /// Nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), own: Own::new(None) }
    }

    /// A copy of the template.
    pub(crate) fn copy() -> Self {
        let template = template();
        let folder = tempfile::tempdir().unwrap();
        tree(template.path(), folder.path());
        Self { folder, own: Own::new(template.own.as_ref()) }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn layout(&self) -> Layout {
        let database = self.own.as_ref().map(|own| Database::of_url(&own.url()).unwrap());
        Layout::new(self.path()).with_database(database)
    }

    /// The database itself, beside a sandbox.
    pub(crate) fn open(&self) -> Connection {
        open(&self.layout())
    }

    /// What the program is told: where everything is.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut all = vec!["--dir".to_owned(), self.path().to_str().unwrap().to_owned()];
        all.extend(self.own.iter().flat_map(|own| ["--database".to_owned(), own.url()]));
        all
    }

    /// The file of SQLite.
    pub(crate) fn file(&self) -> PathBuf {
        self.path().join("platform.db")
    }

    /// Takes the database away.
    pub(crate) fn lose_database(&self) {
        match &self.own {
            Some(own) => {
                own.again.store(false, Ordering::Relaxed);
                tell(own.server, &own.name, "DROP SCHEMA kakehashi CASCADE");
            }
            None => fs::remove_file(self.file()).unwrap(),
        }
    }
}

/// The database of a sandbox, beside it.
pub(crate) fn open(layout: &Layout) -> Connection {
    layout.database().open().unwrap()
}

fn tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            tree(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
