-- Whether enough of what ran has a price: one rule for days, periods, jobs and runs.

-- A cost is known if at most one part in this many of the time has no price; `PricedTime` says the same in Swift. What is less
-- known is at least what is known of it: it is compared with nothing, and is no history.
CREATE VIEW priced_rule AS SELECT 100 AS parts;

DROP VIEW priced_day;

-- How much of what ran on a day has a price. Days on which nothing ran have no row.
--   ms             time of attempts and of unused capacity: an hour of an instance counts for each that has a part of it
--   unpriced_ms    the part of it without a price
CREATE VIEW priced_day AS
  SELECT d.day AS day, SUM(d.ms) AS ms, SUM(d.unpriced_ms) AS unpriced_ms
  FROM daily_cost d
  GROUP BY d.day;

DROP VIEW posting_part;
-- Postings in parts: as in resource_posting, by the account that bears them.
--   spot            of Spot and Fargate Spot, by the purchase option of the resource
CREATE VIEW posting_part AS
  SELECT p.resource AS resource, p.day AS day, p.attempt AS attempt_id, p.ms AS ms,
    p.milli_vcpu_ms AS milli_vcpu_ms, p.mib_ms AS mib_ms, p.unpriced_ms AS unpriced_ms,
    p.unused_by_instance AS unused_by_instance, p.cost AS cost, p.on_demand AS on_demand,
    CASE WHEN a.name = 'attempt' THEN p.cost ELSE 0 END AS attempt,
    CASE WHEN a.name = 'startup' THEN p.cost ELSE 0 END AS startup,
    CASE WHEN a.name = 'unused.boot' THEN p.cost ELSE 0 END AS boot,
    CASE WHEN a.name = 'unused.packing' THEN p.cost ELSE 0 END AS packing,
    CASE WHEN a.name = 'unused.gap' THEN p.cost ELSE 0 END AS gap,
    CASE WHEN a.name = 'unused.tail' THEN p.cost ELSE 0 END AS tail,
    CASE WHEN a.name = 'unused.idle' THEN p.cost ELSE 0 END AS idle,
    CASE WHEN a.name = 'unused.reserved' THEN p.cost ELSE 0 END AS reserved,
    CASE WHEN o.name IN ('spot', 'fargate-spot') THEN p.cost ELSE 0 END AS spot
  FROM resource_posting p
  JOIN ledger_account a ON a.id = p.account
  JOIN resource r ON r.id = p.resource
  JOIN purchase_option o ON o.id = r.purchase_option;

DROP TABLE unit_cost;
CREATE TABLE unit_cost (
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  job_step INTEGER NOT NULL,
  is_priced INTEGER NOT NULL,            -- 1: what these jobs cost is known, by priced_rule; time on unknown hosts has no price
  jobs INTEGER NOT NULL,                 -- array children each, multi-node jobs once, parents not
  succeeded INTEGER NOT NULL,
  cost INTEGER NOT NULL,                 -- what is known of it
  failed_cost INTEGER NOT NULL,          -- of jobs that did not succeed
  PRIMARY KEY (day, job_queue, job_step, is_priced)
) STRICT, WITHOUT ROWID;

ALTER TABLE run_job ADD COLUMN ms INTEGER NOT NULL DEFAULT 0;          -- of its attempts
ALTER TABLE run_job ADD COLUMN unpriced_ms INTEGER NOT NULL DEFAULT 0; -- without a price, or on unknown hosts

ALTER TABLE workflow_run ADD COLUMN is_priced INTEGER NOT NULL DEFAULT 1; -- 1: what it cost is known, by priced_rule

DROP VIEW run_series;
-- Every run, for comparison with one: also where --where narrows everything else to the jobs of some.
CREATE VIEW run_series AS
  SELECT id, name, series, created_at_ms, stopped_at_ms, jobs, failed, cost, lost, is_priced FROM workflow_run;

DELETE FROM build WHERE product = 'insights';
