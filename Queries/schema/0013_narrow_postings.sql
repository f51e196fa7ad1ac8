-- What a posting's other columns tell is computed when it is read: every column takes time to write a million times.
CREATE TABLE narrow_posting (
  id INTEGER PRIMARY KEY,                -- resource.id × 2^20 + number: the rows of a resource lie together
  day INTEGER NOT NULL,
  account INTEGER NOT NULL,
  attempt INTEGER,                       -- attempt.id; NULL for unused
  purchase_option INTEGER NOT NULL,
  price_source INTEGER NOT NULL,
  ms INTEGER NOT NULL,                   -- the time that this row covers
  milli_vcpu_ms INTEGER NOT NULL,        -- reserved, or free for unused
  mib_ms INTEGER NOT NULL,
  gpu_ms INTEGER NOT NULL,
  unpriced_ms INTEGER NOT NULL,
  cost INTEGER,                          -- NULL: none of it is priced
  on_demand INTEGER,                     -- On-Demand equivalent; NULL: no On-Demand price
  unused_by_instance INTEGER NOT NULL,   -- unused cost that policy `instance` gives to this attempt, beside cost
  unused_by_aws INTEGER NOT NULL,        -- the same for policy `aws`
  resource INTEGER GENERATED ALWAYS AS (id >> 20) VIRTUAL,
  list_cost INTEGER GENERATED ALWAYS AS (CASE WHEN purchase_option IN (4, 5) THEN on_demand END) VIRTUAL
                                         -- before plans and reservations; NULL: the same as cost
) STRICT;

INSERT INTO narrow_posting
  SELECT id, day, account, attempt, purchase_option, price_source, ms, milli_vcpu_ms, mib_ms, gpu_ms, unpriced_ms, cost,
    on_demand, unused_by_instance, unused_by_aws
  FROM posting;
DROP TABLE posting;
ALTER TABLE narrow_posting RENAME TO posting;
