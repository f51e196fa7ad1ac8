-- How capacity can be bought beside On-Demand and Spot, and why an attempt can come to nothing before it starts.
INSERT INTO purchase_option VALUES (6, 'capacity-block'), (7, 'interruptible-reservation'), (8, 'unknown');
INSERT INTO outcome VALUES (9, 'container start'), (10, 'no capacity'), (11, 'misconfiguration');

-- Attempts that ended before they started, and jobs without any attempt that could not be placed: at no cost, failures.
CREATE TABLE never_started (
  job INTEGER NOT NULL,                  -- job.id
  ordinal INTEGER NOT NULL,              -- of the attempt; 0 for a job without any
  day INTEGER NOT NULL,                  -- on which it ended
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  retried INTEGER NOT NULL,              -- 1: another attempt followed
  PRIMARY KEY (job, ordinal)
) STRICT, WITHOUT ROWID;
