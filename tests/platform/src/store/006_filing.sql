-- What a challenge is for: 'view' or 'file'.
ALTER TABLE challenge ADD COLUMN purpose TEXT NOT NULL DEFAULT 'view';

-- 本人確認 by card for a 届出: all that shows later what the card signed. `used_by` is the filing's 受付番号.
CREATE TABLE card_check (
    transaction_id TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    person INTEGER NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    nonce TEXT NOT NULL,
    signature TEXT NOT NULL,
    certificate_sha256 TEXT NOT NULL,
    public_key TEXT NOT NULL,
    used_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX card_check_unused ON card_check (at) WHERE used_by IS NULL;

-- What became of an office's key; the same for ever. `sha256` is that of the statement, nothing for a key that
-- was given up.
CREATE TABLE filing_key (
    office TEXT NOT NULL REFERENCES office (number),
    idempotency_key TEXT NOT NULL,
    sha256 TEXT,
    outcome TEXT NOT NULL,
    PRIMARY KEY (office, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER filing_key_stays BEFORE UPDATE ON filing_key BEGIN
    SELECT raise(ABORT, 'what became of a key is never changed');
END;
CREATE TRIGGER filing_key_is_kept BEFORE DELETE ON filing_key BEGIN
    SELECT raise(ABORT, 'what became of a key is never removed');
END;

-- 届出.
CREATE TABLE filing (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    -- Who sent or entered it, and with which key.
    sender TEXT NOT NULL REFERENCES office (number),
    idempotency_key TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    -- Whose list it stands in: the sender's, and of one on paper the plan office's. That one may be unknown here.
    office TEXT NOT NULL,
    insurer TEXT NOT NULL REFERENCES insurer (number),
    person INTEGER NOT NULL REFERENCES person (id),
    way TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- 届出年月日 as the register takes it: the day it came.
    received_on TEXT NOT NULL,
    form TEXT NOT NULL,
    content TEXT NOT NULL,
    identity TEXT,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    replaces INTEGER REFERENCES filing (id),
    replaced_by INTEGER REFERENCES filing (id),
    -- What is looked for in the inbox, in normal form.
    words TEXT NOT NULL,
    UNIQUE (sender, idempotency_key)
) STRICT;
-- One undecided filing a person.
CREATE UNIQUE INDEX filing_open ON filing (person) WHERE state = 'received';
CREATE INDEX filing_office ON filing (office, received_at, id);
CREATE INDEX filing_person ON filing (person, received_at, id);
CREATE INDEX filing_inbox ON filing (insurer, state, received_at, id);

-- What proves it: the statement as it was signed, and the receipt as it was given.
CREATE TABLE filing_proof (
    filing INTEGER PRIMARY KEY REFERENCES filing (id),
    statement TEXT NOT NULL,
    signature TEXT NOT NULL,
    public_key TEXT NOT NULL,
    card_check TEXT REFERENCES card_check (transaction_id),
    receipt TEXT NOT NULL
) STRICT;
CREATE INDEX filing_proof_check ON filing_proof (card_check);

CREATE TABLE filing_step (
    filing INTEGER NOT NULL REFERENCES filing (id),
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    reason TEXT,
    on_certificate INTEGER NOT NULL DEFAULT 0,
    -- 受理 and 差戻し, signed.
    decision TEXT,
    PRIMARY KEY (filing, version)
) STRICT, WITHOUT ROWID;
