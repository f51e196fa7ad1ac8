-- Capacity that is reserved, and paid for whether or not an instance runs in it.

-- EC2 DescribeCapacityReservations: On-Demand Capacity Reservations, and those that hold the instances of Capacity Blocks.
CREATE TABLE capacity_reservation (
  reservation_id TEXT PRIMARY KEY,       -- cr-…
  account_region INTEGER NOT NULL REFERENCES account_region,
  instance_type TEXT,
  platform TEXT,                         -- Linux/UNIX, Red Hat Enterprise Linux …
  zone TEXT,
  tenancy TEXT,
  state TEXT,                            -- active, expired, cancelled, scheduled …
  instances INTEGER,                     -- reserved
  available INTEGER,                     -- of them: in which none ran when it was described
  started_at_ms INTEGER,
  ended_at_ms INTEGER,
  created_at_ms INTEGER,
  kind TEXT,                             -- default, capacity-block
  block_id TEXT,                         -- capacity_block.block_id
  interruptible INTEGER,                 -- 1: capacity of another reservation, lent for a while
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How much of a reservation was there and free when AWS was asked; one row a collection.
CREATE TABLE reservation_state (
  reservation_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  available INTEGER NOT NULL,
  PRIMARY KEY (reservation_id, at_ms)
) STRICT, WITHOUT ROWID;

-- EC2 DescribeCapacityBlocks.
CREATE TABLE capacity_block (
  block_id TEXT PRIMARY KEY,             -- cb-…
  account_region INTEGER NOT NULL REFERENCES account_region,
  zone TEXT,
  state TEXT,
  started_at_ms INTEGER,
  ended_at_ms INTEGER,
  reservations TEXT,                     -- JSON array of reservation ids
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The reservation in which an instance was launched.
ALTER TABLE instance_description ADD COLUMN capacity_reservation TEXT;
CREATE INDEX instance_of_reservation ON instance_description (capacity_reservation) WHERE capacity_reservation IS NOT NULL;

INSERT INTO ledger_account VALUES (7, 'unused.reserved', 'unused');

-- What an environment measures, and whether a job definition's tags reach the bill.
ALTER TABLE compute_environment ADD COLUMN container_insights TEXT; -- ENABLED, ENHANCED, DISABLED; NULL: not set
ALTER TABLE job_definition ADD COLUMN propagate_tags INTEGER;     -- 1: to ECS tasks, which alone brings them to the bill

-- The next build computes everything.
DELETE FROM build;
