//! PostgreSQL behind the face of [`Connection`](super::Connection).
//!
//! The client is a blocking one and drives a runtime of its own, which may not start on a thread of another
//! runtime. The threads on which [`Store`](super::Store) works may block; everybody else who has a runtime around
//! is helped by a thread for the moment.

use super::{SqlError, Value, dialect};
use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Row, Statement};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// The schema everything stands in: what else a database holds is not touched.
pub(super) const SCHEMA: &str = "kakehashi";
/// How long a server may take to let somebody in, or to answer at all.
const PATIENCE: Duration = Duration::from_secs(5);
/// A connection at rest may meanwhile have been closed by a server that was started anew.
const REST: Duration = Duration::from_secs(1);
/// Statements remembered; more than there are.
const STATEMENTS: usize = 500;
/// Whoever changes holds this lock until the change stands, in this process or another: so a change sees what
/// the one before left, is never begun again, and none waits for another crosswise.
const BEGIN: &str = "BEGIN; SELECT pg_advisory_xact_lock(7021364901)";
/// The same, for what must be on the disk when it is answered, whatever the server is set to.
const BEGIN_DURABLY: &str =
    "BEGIN; SET LOCAL synchronous_commit = on; SELECT pg_advisory_xact_lock(7021364901)";

thread_local! {
    static MAY_BLOCK: Cell<bool> = const { Cell::new(false) };
}

/// Marks this thread as one that may block, for good: those of the runtime's pool for blocking work.
pub(super) fn this_thread_may_block() {
    MAY_BLOCK.set(true);
}

/// Does what blocks, on a thread where it may.
fn apart<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    if MAY_BLOCK.get() || Handle::try_current().is_err() {
        return work();
    }
    let done = std::thread::scope(|scope| scope.spawn(work).join());
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// A connection to a server.
pub(super) struct Server {
    /// Nothing while it is being dropped.
    client: RefCell<Option<Client>>,
    statements: RefCell<HashMap<String, Statement>>,
    lost: Cell<bool>,
    used: Cell<Instant>,
}

impl Server {
    /// Connects; `readonly` for one that never changes anything.
    pub(super) fn connect(config: &Config, readonly: bool) -> Result<Self, SqlError> {
        let mut config = config.clone();
        config.application_name("kakehashi-platform").connect_timeout(PATIENCE).tcp_user_timeout(PATIENCE);
        let client = apart(|| config.connect(NoTls)).map_err(|error| SqlError::of_server(&error))?;
        let server = Self {
            client: RefCell::new(Some(client)),
            statements: RefCell::default(),
            lost: Cell::new(false),
            used: Cell::new(Instant::now()),
        };
        let only = if readonly { "on" } else { "off" };
        server.batch(&format!(
            "SET search_path TO {SCHEMA}; SET lock_timeout = '{}s'; SET client_min_messages = warning;
             SET default_transaction_read_only = {only}",
            PATIENCE.as_secs()
        ))?;
        Ok(server)
    }

    /// Whether it cannot be used any more.
    pub(super) fn is_lost(&self) -> bool {
        self.lost.get()
    }

    /// Whether it cannot be used any more; of a connection that has rested, asks the server.
    pub(super) fn is_gone(&self) -> bool {
        let rested = self.used.get().elapsed() > REST;
        self.is_lost() || rested && self.with(Client::check_connection).is_err()
    }

    /// A statement in the words both know; the same text is prepared once.
    pub(super) fn prepare(&self, sql: &str) -> Result<Statement, SqlError> {
        if let Some(known) = self.statements.borrow().get(sql) {
            return Ok(known.clone());
        }
        let turned = dialect::statement(sql);
        let prepared = self.with(|client| client.prepare(&turned))?;
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS {
            statements.clear();
        }
        statements.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    pub(super) fn execute(&self, statement: &Statement, values: &[Value<'_>]) -> Result<usize, SqlError> {
        let changed = self.with(|client| client.execute(statement, &given(values)))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub(super) fn query(&self, statement: &Statement, values: &[Value<'_>]) -> Result<Vec<Row>, SqlError> {
        self.with(|client| client.query(statement, &given(values)))
    }

    /// Several statements without values, in PostgreSQL's own words.
    pub(super) fn batch(&self, sql: &str) -> Result<(), SqlError> {
        self.with(|client| client.batch_execute(sql))
    }

    pub(super) fn begin(&self, durable: bool) -> Result<(), SqlError> {
        let begun = self.batch(if durable { BEGIN_DURABLY } else { BEGIN });
        // The first word may have been heard although the lock was not given.
        begun.inspect_err(|_| drop(self.batch("ROLLBACK")))
    }

    fn with<R: Send>(
        &self,
        work: impl FnOnce(&mut Client) -> Result<R, postgres::Error> + Send,
    ) -> Result<R, SqlError> {
        let mut client = self.client.borrow_mut();
        let Some(client) = client.as_mut() else { return Err(SqlError::closed()) };
        let (done, closed) = apart(|| {
            let done = work(client);
            (done, client.is_closed())
        });
        self.used.set(Instant::now());
        done.map_err(|error| {
            let error = SqlError::of_server(&error);
            self.lost.set(self.lost.get() || closed || error.is_loss());
            error
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            apart(|| drop(client));
        }
    }
}

fn given<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// What stands in a column.
pub(super) fn value(row: &Row, column: usize) -> Result<Value<'_>, SqlError> {
    let Some(kind) = row.columns().get(column).map(|column| column.type_().clone()) else {
        return Err(SqlError::Found(column, "there is no such column".into()));
    };
    let wrong = |error: postgres::Error| SqlError::found(column, error);
    let value = match kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(column).map_err(wrong)?.map(Value::Integer),
        Type::INT4 => {
            row.try_get::<_, Option<i32>>(column).map_err(wrong)?.map(|it| Value::Integer(it.into()))
        }
        Type::BOOL => {
            row.try_get::<_, Option<bool>>(column).map_err(wrong)?.map(|it| Value::Integer(it.into()))
        }
        Type::BYTEA => {
            row.try_get::<_, Option<&[u8]>>(column).map_err(wrong)?.map(|it| Value::Blob(it.into()))
        }
        _ => row.try_get::<_, Option<&str>>(column).map_err(wrong)?.map(|it| Value::Text(it.into())),
    };
    Ok(value.unwrap_or(Value::Null))
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, super::Cause> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) => match *kind {
                Type::INT8 => number.to_sql(kind, out),
                Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
                Type::BOOL => (*number != 0).to_sql(kind, out),
                _ => Err(format!("a number was given for {kind}").into()),
            },
            Self::Text(text) if <&str as ToSql>::accepts(kind) => text.as_ref().to_sql(kind, out),
            Self::Blob(bytes) if *kind == Type::BYTEA => bytes.as_ref().to_sql(kind, out),
            Self::Text(_) => Err(format!("a text was given for {kind}").into()),
            Self::Blob(_) => Err(format!("bytes were given for {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
