-- What is known of a part: its time with and without a price, and days of which nothing is known.

DROP VIEW daily_part;

-- Costs of a day as in daily_cost, in parts: by the account that bears them, and by how the capacity was bought.
--   account, account_name   of the ledger, which bears it
--   kind             attempt, startup or unused
--   attempt, startup, work   what attempts reserved while they ran, before they started, and both
--   unused           the sum of boot, packing, gap, tail, idle and reserved
--   bought_fargate   with Fargate Spot;  bought_sagemaker with Managed Spot
--   bought_committed   savings plans, reservations and Capacity Blocks
--   bought_unknown   no source says how; with the others in bought_ it adds up to cost
--   out_of_memory    of attempts that ran out of it;  failed of all attempts that came to nothing
CREATE VIEW daily_part AS
  SELECT d.day AS day, a.id AS account, a.name AS account_name, a.kind AS kind, d.purchase_option AS purchase_option,
    d.compute_environment AS compute_environment, d.job_queue AS job_queue, d.job_definition AS job_definition,
    d.tag_set AS tag_set, d.outcome AS outcome, d.ms AS ms, d.unpriced_ms AS unpriced_ms,
    d.milli_vcpu_ms AS milli_vcpu_ms, d.mib_ms AS mib_ms, d.gpu_ms AS gpu_ms, d.attempts AS attempts, d.jobs AS jobs,
    d.cost AS cost,
    CASE WHEN d.cost IS NOT NULL THEN d.on_demand END AS on_demand,
    CASE WHEN a.kind = 'attempt' THEN d.cost ELSE 0 END AS attempt,
    CASE WHEN a.kind = 'startup' THEN d.cost ELSE 0 END AS startup,
    CASE WHEN a.kind <> 'unused' THEN d.cost ELSE 0 END AS work,
    CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END AS unused,
    CASE WHEN a.name = 'unused.boot' THEN d.cost ELSE 0 END AS boot,
    CASE WHEN a.name = 'unused.packing' THEN d.cost ELSE 0 END AS packing,
    CASE WHEN a.name = 'unused.gap' THEN d.cost ELSE 0 END AS gap,
    CASE WHEN a.name = 'unused.tail' THEN d.cost ELSE 0 END AS tail,
    CASE WHEN a.name = 'unused.idle' THEN d.cost ELSE 0 END AS idle,
    CASE WHEN a.name = 'unused.reserved' THEN d.cost ELSE 0 END AS reserved,
    CASE WHEN o.name = 'on-demand' THEN d.cost ELSE 0 END AS bought_on_demand,
    CASE WHEN o.name = 'spot' THEN d.cost ELSE 0 END AS bought_spot,
    CASE WHEN o.name IN ('fargate', 'fargate-spot') THEN d.cost ELSE 0 END AS bought_fargate,
    CASE WHEN o.name IN ('sagemaker', 'sagemaker-spot') THEN d.cost ELSE 0 END AS bought_sagemaker,
    CASE WHEN o.name IN ('savings-plan', 'reserved', 'capacity-block', 'interruptible-reservation')
      THEN d.cost ELSE 0 END AS bought_committed,
    CASE WHEN o.name = 'unknown' THEN d.cost ELSE 0 END AS bought_unknown,
    CASE WHEN x.name = 'out of memory' THEN d.cost ELSE 0 END AS out_of_memory,
    CASE WHEN d.outcome > 0 THEN d.cost ELSE 0 END AS failed
  FROM daily_cost d
  JOIN ledger_account a ON a.id = d.account
  JOIN purchase_option o ON o.id = d.purchase_option
  JOIN outcome x ON x.id = d.outcome;

DROP VIEW day_total;

-- What a day of the calendar cost, nanodollars. A day on which nothing ran cost 0, one of which nothing is priced is
-- NULL and `ran` 1: where any day of a period is known, its cost is the sum of the days that are. So are its parts: 0 where
-- there was none, NULL where nothing of it is priced.
CREATE VIEW day_total AS
  SELECT k.day AS day, k.week AS week,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE SUM(d.cost) END AS cost,
    COALESCE(NULLIF(SUM(CASE WHEN a.kind <> 'unused' THEN d.cost END), 0),
      CASE WHEN COUNT(CASE WHEN a.kind <> 'unused' AND d.cost IS NULL THEN 1 END) = 0
        AND (COUNT(CASE WHEN a.kind <> 'unused' THEN 1 END) > 0 OR u.day IS NULL) THEN 0 END) AS work,
    COALESCE(NULLIF(SUM(CASE WHEN a.kind = 'unused' THEN d.cost END), 0),
      CASE WHEN COUNT(CASE WHEN a.kind = 'unused' AND d.cost IS NULL THEN 1 END) = 0
        AND (COUNT(d.day) > 0 OR u.day IS NULL) THEN 0 END) AS unused,
    COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.packing' THEN d.cost END), 0),
      CASE WHEN COUNT(CASE WHEN a.name = 'unused.packing' AND d.cost IS NULL THEN 1 END) = 0
        AND (COUNT(d.day) > 0 OR u.day IS NULL) THEN 0 END) AS packing,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE 1 END AS ran
  FROM calendar k
  LEFT JOIN daily_cost d ON d.day = k.day
  LEFT JOIN ledger_account a ON a.id = d.account
  LEFT JOIN (SELECT DISTINCT day FROM unplaced) u ON u.day = k.day
  GROUP BY k.day, k.week, u.day;
