-- 職種 of an account; nothing for one without any. The insurer behind a municipality's accounts.
ALTER TABLE account ADD COLUMN job TEXT;
ALTER TABLE office ADD COLUMN insurer TEXT REFERENCES insurer (number);

-- Consent to the certification's information. `office` took it, for itself; nothing there: the municipality,
-- for every office. `account` recorded it; nothing there: it came with an application. Records are added to,
-- never changed: a withdrawal is written once.
CREATE TABLE data_consent (
    id TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    office TEXT REFERENCES office (number),
    account INTEGER REFERENCES account (id),
    recorded_at INTEGER NOT NULL,
    terms TEXT NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by TEXT,
    withdrawal_account INTEGER REFERENCES account (id),
    withdrawal_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX data_consent_of ON data_consent (person, office);

-- What a line of the record is called on the wire (`AuditKind`), nothing for one that is not shown; and the
-- code of the refusal.
ALTER TABLE audit ADD COLUMN kind TEXT;
ALTER TABLE audit ADD COLUMN refused TEXT;
UPDATE audit SET kind = CASE what
    WHEN 'sign_in' THEN 'sign_in'
    WHEN 'found_by_numbers' THEN 'search'
    WHEN 'found_for_list' THEN 'search'
    WHEN 'search_missed' THEN 'search'
    WHEN 'found_by_card' THEN 'card'
    WHEN 'card_unbound' THEN 'card'
    WHEN 'qualification' THEN 'qualification'
    WHEN 'history' THEN 'qualification'
    WHEN 'clients_listed' THEN 'clients'
END;
UPDATE audit SET refused = CASE what
    WHEN 'search_missed' THEN 'UPS-111'
    WHEN 'card_unbound' THEN 'UPS-206'
END;
-- One for each way the record is paged, so that a page costs its own length.
CREATE INDEX audit_page ON audit (office, at) WHERE kind IS NOT NULL;
CREATE INDEX audit_kind ON audit (office, kind, at) WHERE kind IS NOT NULL;
CREATE INDEX audit_account ON audit (office, account, at) WHERE kind IS NOT NULL;
CREATE INDEX audit_account_kind ON audit (office, account, kind, at) WHERE kind IS NOT NULL;
CREATE INDEX audit_of_person ON audit (office, person, at) WHERE kind IS NOT NULL;
CREATE INDEX audit_person_of ON audit_person (person, audit);
