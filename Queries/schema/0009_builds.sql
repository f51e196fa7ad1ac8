-- What was computed from which facts, so that it is computed again only where they changed.

DROP TABLE changed;

-- One row: grows with every transaction that changes facts.
CREATE TABLE fact_revision (
  number INTEGER NOT NULL
) STRICT;
INSERT INTO fact_revision VALUES (1);

CREATE TABLE build (
  product TEXT PRIMARY KEY,              -- ledger, insights
  inputs TEXT NOT NULL                   -- program, revision of facts and settings it was computed from
) STRICT, WITHOUT ROWID;

-- What the last build of the ledger counted.
CREATE TABLE ledger_summary (
  name TEXT PRIMARY KEY,                 -- instances, attempts, postings …
  value INTEGER NOT NULL                 -- cost in nanodollars
) STRICT, WITHOUT ROWID;

-- The few jobs of which the ledger asks whether a user ended them.
CREATE INDEX job_unsuccessful ON job (status, cancelled, terminated) WHERE status <> 'SUCCEEDED';
