-- 要介護認定: the cases of the insurers, and every fact that was entered for them.
CREATE TABLE care_case (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id),
    insurer TEXT NOT NULL REFERENCES insurer (number),
    case_no TEXT NOT NULL,
    -- What stands, made from the events at each entry. Empty while the application has not come.
    applied_on TEXT NOT NULL DEFAULT '',
    kind TEXT,
    -- 認定 or 非該当.
    decided_on TEXT,
    ended INTEGER NOT NULL DEFAULT 0,
    changed_by TEXT NOT NULL DEFAULT '',
    stands TEXT NOT NULL DEFAULT '',
    -- What is looked for in the queue, in normal form.
    words TEXT NOT NULL,
    UNIQUE (insurer, case_no)
) STRICT;
CREATE INDEX care_case_of ON care_case (person);
CREATE INDEX care_case_all ON care_case (insurer, applied_on, id);
CREATE INDEX care_case_open ON care_case (insurer, applied_on, id) WHERE ended = 0;
CREATE INDEX care_case_decided ON care_case (insurer, decided_on) WHERE decided_on IS NOT NULL;

CREATE TABLE case_event (
    id INTEGER PRIMARY KEY,
    care_case INTEGER NOT NULL REFERENCES care_case (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    source TEXT NOT NULL,
    -- Nobody: it came by file.
    account INTEGER REFERENCES account (id),
    fact TEXT NOT NULL,
    UNIQUE (care_case, version, fact)
) STRICT;

-- Events are only ever added: a correction is another event.
CREATE TRIGGER case_event_stays BEFORE UPDATE ON case_event BEGIN
    SELECT raise(ABORT, 'an event is never changed');
END;
CREATE TRIGGER case_event_is_kept BEFORE DELETE ON case_event BEGIN
    SELECT raise(ABORT, 'an event is never removed');
END;

-- A number for each office that grows with whatever its board may show differently.
CREATE TABLE board (
    office TEXT PRIMARY KEY REFERENCES office (number),
    change INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX client_of ON client (person);

CREATE TRIGGER board_case_begun AFTER INSERT ON care_case BEGIN
    INSERT INTO board SELECT office, 1 FROM client WHERE person = NEW.person
    ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER board_case_changed AFTER UPDATE ON care_case BEGIN
    INSERT INTO board SELECT office, 1 FROM client WHERE person = NEW.person
    ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER board_client_added AFTER INSERT ON client BEGIN
    INSERT INTO board VALUES (NEW.office, 1) ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER board_client_prolonged AFTER UPDATE ON client BEGIN
    INSERT INTO board VALUES (NEW.office, 1) ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER board_client_removed AFTER DELETE ON client BEGIN
    INSERT INTO board VALUES (OLD.office, 1) ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER board_right_changed AFTER UPDATE ON viewing_right BEGIN
    INSERT INTO board SELECT office, 1 FROM client WHERE office = NEW.office AND person = NEW.person
    ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER board_consent_given AFTER INSERT ON data_consent BEGIN
    INSERT INTO board SELECT office, 1 FROM client
    WHERE person = NEW.person AND (NEW.office IS NULL OR office = NEW.office)
    ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER board_consent_changed AFTER UPDATE ON data_consent BEGIN
    INSERT INTO board SELECT office, 1 FROM client
    WHERE person = NEW.person AND (NEW.office IS NULL OR office = NEW.office)
    ON CONFLICT (office) DO UPDATE SET change = change + 1;
END;

-- What a session was told of its board, by the mark it got with that.
CREATE TABLE look (
    id INTEGER PRIMARY KEY,
    mark TEXT NOT NULL UNIQUE,
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    change INTEGER NOT NULL,
    -- Before this time nothing changes by itself.
    holds_until INTEGER NOT NULL,
    told TEXT NOT NULL
) STRICT;
CREATE INDEX look_of ON look (session);
