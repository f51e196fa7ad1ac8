-- The rollup of postings by everything that reports ask for, of the postings that a lens leaves: as the ledger makes it.
WITH failed AS (
  SELECT attempt, MAX(outcome) AS outcome, MAX(CASE WHEN rerun = 'batch' THEN 1 ELSE 0 END) AS retried
  FROM main.failed_attempt
  GROUP BY attempt
),
posted AS (
  SELECT p.*, r.compute_environment AS compute_environment, t.job_queue AS job_queue,
    t.job_definition AS job_definition, CASE WHEN t.parent IS NULL THEN t.tag_set ELSE m.tag_set END AS tag_set,
    COALESCE(f.outcome, 0) AS outcome, COALESCE(f.retried, 0) AS retried,
    -- The row of an attempt's running time on the day on which it began.
    CASE WHEN a.name = 'attempt' AND r.kind IN ('instance', 'fargate-task') AND t.started_at_ms / 86400000 = p.day
      THEN 1 ELSE 0 END AS begins,
    CASE
      WHEN t.ordinal = 1 THEN 1
      WHEN EXISTS (
        SELECT 1 FROM main.attempt e
        WHERE e.id >= t.job << 10 AND e.id < t.id AND e.started_at_ms IS NOT NULL) THEN 0
      ELSE 1
    END AS is_first
  FROM posting p
  JOIN main.ledger_account a ON a.id = p.account
  JOIN main.resource r ON r.id = p.resource
  LEFT JOIN main.attempt t ON t.id = p.attempt
  LEFT JOIN main.job_parent m ON m.id = t.parent
  LEFT JOIN failed f ON f.attempt = p.attempt
)
SELECT
  day, account, purchase_option, price_source, compute_environment, job_queue, job_definition, tag_set, outcome, retried,
  SUM(ms) AS ms,
  SUM(milli_vcpu_ms) AS milli_vcpu_ms,
  SUM(mib_ms) AS mib_ms,
  SUM(gpu_ms) AS gpu_ms,
  SUM(unpriced_ms) AS unpriced_ms,
  SUM(cost) AS cost,
  SUM(on_demand) AS on_demand,
  SUM(unused_by_instance) AS unused_by_instance,
  SUM(unused_by_aws) AS unused_by_aws,
  SUM(begins) AS attempts,
  SUM(begins * is_first) AS jobs
FROM posted
GROUP BY day, account, purchase_option, price_source, compute_environment, job_queue, job_definition, tag_set, outcome,
  retried
