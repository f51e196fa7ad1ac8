-- What queries read, in the SQL that SQLite, DuckDB, Spark and Trino share: see the page Dialect.

-- Tags as rows, for grouping: no function that takes JSON apart is called alike everywhere. Written with their set.
DROP VIEW tag;
CREATE TABLE tag (
  tag_set INTEGER NOT NULL,              -- tag_set.id
  name TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (tag_set, name)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO tag SELECT t.id, e.key, CAST(e.value AS TEXT) FROM tag_set t, json_each(t.tags) e;
CREATE TRIGGER tag_set_told AFTER INSERT ON tag_set BEGIN
  INSERT OR IGNORE INTO tag SELECT NEW.id, e.key, CAST(e.value AS TEXT) FROM json_each(NEW.tags) e;
END;

-- Days on which attempts began that run where the ledger has no prices: EKS, SageMaker.
DROP VIEW unpriced_platform_day;
CREATE VIEW unpriced_platform_day AS
  SELECT DISTINCT CAST((started_at_ms - started_at_ms % 86400000) / 86400000 AS BIGINT) AS day
  FROM attempt WHERE platform > 1 AND started_at_ms IS NOT NULL;

-- Postings with what they are of. `posting.resource` is a generated column, which DuckDB's reader of SQLite files does not see.
CREATE VIEW resource_posting AS
  SELECT id, CAST((id - id % 1048576) / 1048576 AS BIGINT) AS resource, day, account, attempt, purchase_option,
    price_source, ms, milli_vcpu_ms, mib_ms, gpu_ms, unpriced_ms, cost, on_demand, unused_by_instance, unused_by_aws
  FROM posting;

-- No function that finds a character in a text is called alike everywhere.
ALTER TABLE graviton ADD COLUMN family TEXT NOT NULL DEFAULT '';          -- of instance_type: c5
ALTER TABLE graviton ADD COLUMN sibling_family TEXT NOT NULL DEFAULT '';  -- of sibling: c6g

-- One row: what tells this database from others that write into the same lake.
CREATE TABLE database_identity (
  id TEXT NOT NULL                       -- 16 hexadecimal digits, by chance
) STRICT;
INSERT INTO database_identity VALUES (LOWER(HEX(RANDOMBLOB(8))));
