-- The offices' own lists of clients. How long the real service lets an office view its clients is not
-- published; here being on the list, with the consent that led there, prolongs the right (a setting).
CREATE TABLE client (
    office TEXT COLLATE "C" NOT NULL REFERENCES office (number),
    person BIGINT NOT NULL REFERENCES person (id),
    added_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (office, person)
);

-- The right as it stands: the later of the two ends.
CREATE VIEW held_right AS
    SELECT r.office, r.person, r.way, greatest(r.until, c.until) AS until
    FROM viewing_right r
    LEFT JOIN client c ON c.office = r.office AND c.person = r.person;

-- Whom a list showed: one line of the audit, many people.
CREATE TABLE audit_person (
    audit BIGINT NOT NULL REFERENCES audit (id),
    person BIGINT NOT NULL REFERENCES person (id),
    PRIMARY KEY (audit, person)
);
