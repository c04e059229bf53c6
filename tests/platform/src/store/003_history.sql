-- When a version was registered, and when it was taken back (取消し). Both are empty for what is no version
-- of a certificate.
ALTER TABLE record ADD COLUMN registered_on TEXT;
ALTER TABLE record ADD COLUMN withdrawn_on TEXT;

-- 要介護認定の申請.
CREATE TABLE application (
    person INTEGER NOT NULL REFERENCES person (id),
    applied_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    decided_on TEXT,
    PRIMARY KEY (person, applied_on)
) STRICT, WITHOUT ROWID;
