-- Batch on EKS: attempts are pods on nodes of Kubernetes, which are instances of EC2 under another name.

-- Names of instances inside their VPC, by which Kubernetes calls its nodes: EC2 forgets a name when its instance ends, and
-- gives it to the next one with the same address.
CREATE TABLE instance_host_name (
  name TEXT NOT NULL,                    -- ip-10-0-1-2.ec2.internal
  region TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  PRIMARY KEY (name, region, instance_id)
) STRICT, WITHOUT ROWID;

-- Nodes as `kubectl get nodes -o json` prints them.
CREATE TABLE kubernetes_node (
  instance_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  region TEXT NOT NULL,
  instance_type TEXT,
  zone TEXT,
  environment_uuid TEXT,                 -- compute_environment.uuid, by the label that Batch wants on nodes
  created_at_ms INTEGER,                 -- when it joined its cluster
  milli_vcpus INTEGER,                   -- allocatable: what pods can have
  memory_mib INTEGER,
  gpus INTEGER,
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE attempt ADD COLUMN node TEXT;        -- the node of Kubernetes that it ran on
ALTER TABLE attempt ADD COLUMN eks_cluster TEXT; -- the EKS cluster of that node
CREATE INDEX attempt_on_node ON attempt (node) WHERE node IS NOT NULL;

ALTER TABLE compute_environment ADD COLUMN eks_cluster_arn TEXT;
ALTER TABLE compute_environment ADD COLUMN kubernetes_namespace TEXT;

-- Attempts on EKS are placed and priced as those of ECS are: each platform has prices now.
DROP VIEW day_total;
DROP VIEW unpriced_platform_day;

-- What a day of the calendar cost, nanodollars. A day on which nothing ran cost 0, one of which nothing is priced is
-- NULL and `ran` 1: where any day of a period is known, its cost is the sum of the days that are.
CREATE VIEW day_total AS
  SELECT k.day AS day, k.week AS week,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE SUM(d.cost) END AS cost,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0
      ELSE SUM(CASE WHEN a.kind = 'unused' THEN 0 ELSE d.cost END) END AS work,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0
      ELSE SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) END AS unused,
    SUM(CASE WHEN a.name = 'unused.packing' THEN d.cost ELSE 0 END) AS packing,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE 1 END AS ran
  FROM calendar k
  LEFT JOIN daily_cost d ON d.day = k.day
  LEFT JOIN ledger_account a ON a.id = d.account
  LEFT JOIN (SELECT DISTINCT day FROM unplaced) u ON u.day = k.day
  GROUP BY k.day, k.week, u.day;

-- The next build computes everything.
DELETE FROM build;
