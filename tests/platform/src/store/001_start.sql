-- Times are unix seconds, dates ISO text, codes the JSON of the domain's types.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE insurer (
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE office (
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    service TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    office TEXT NOT NULL REFERENCES office (number),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    mail TEXT NOT NULL,
    password TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    insurer TEXT NOT NULL REFERENCES insurer (number),
    insured TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    sex TEXT NOT NULL,
    name TEXT NOT NULL,
    kana TEXT NOT NULL,
    address TEXT NOT NULL,
    UNIQUE (insurer, insured)
) STRICT;

-- A person is bound to a card by the keyed hash of its public key; numbers and names of certificates are
-- never kept.
CREATE TABLE card_binding (
    spki BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;

-- What insurers have delivered: the highest history number of a kind is what holds.
CREATE TABLE record (
    person INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    history INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    source TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (person, kind, history)
) STRICT, WITHOUT ROWID;

-- Sign-in. Failures are counted for an office and a user ID, whether such a user exists or not, so that
-- nobody learns which exist and no other office can lock an account.
CREATE TABLE failure (
    id INTEGER PRIMARY KEY,
    office TEXT NOT NULL,
    user_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX failure_of ON failure (office, user_id, at);
CREATE INDEX failure_at ON failure (at);

CREATE TABLE lock_out (
    office TEXT NOT NULL,
    user_id TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (office, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
    hash BLOB PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    device TEXT NOT NULL,
    otp BLOB NOT NULL,
    ends_at INTEGER NOT NULL,
    tries_left INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    device TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ended_at INTEGER,
    reused INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX session_ends ON session (ends_at);

CREATE TABLE access_token (
    hash BLOB PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_token_of ON access_token (session);

-- The successor is sealed with the token it follows: only who holds that one can open it.
CREATE TABLE refresh_token (
    hash BLOB PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    spent_at INTEGER,
    successor BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_of ON refresh_token (session);

-- Identity by card.
CREATE TABLE challenge (
    transaction_id TEXT PRIMARY KEY,
    nonce TEXT NOT NULL,
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    ends_at INTEGER NOT NULL,
    spent INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_of ON challenge (session);

-- People and offices: what an office calls a person, until when it may view, and what it was told.
CREATE TABLE handle (
    handle TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office (number),
    person INTEGER NOT NULL REFERENCES person (id),
    UNIQUE (office, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE viewing_right (
    office TEXT NOT NULL REFERENCES office (number),
    person INTEGER NOT NULL REFERENCES person (id),
    way TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (office, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    office TEXT NOT NULL REFERENCES office (number),
    account INTEGER NOT NULL REFERENCES account (id),
    giver TEXT NOT NULL,
    method TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE missed_search (
    account INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX missed_search_of ON missed_search (account, at);

-- The record of what was done, with the device's signature as evidence of viewings.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    office TEXT NOT NULL,
    account INTEGER REFERENCES account (id),
    person INTEGER REFERENCES person (id),
    device TEXT NOT NULL,
    evidence TEXT
) STRICT;
CREATE INDEX audit_seen ON audit (account, at) WHERE person IS NOT NULL;
