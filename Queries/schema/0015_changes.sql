-- What changed since the ledger was last built, so that a build computes what depends on it and nothing else.

-- What facts changed. Written by the triggers of `changes.sql`, emptied by the next build of the ledger.
CREATE TABLE changed (
  kind TEXT NOT NULL,                    -- job, parent, registration, task, former-task, instance, volume, type, pool,
                                         -- list-price, day, system, gpu, object, reservation, block; all: what everything may depend on
  name ANY NOT NULL,                     -- row of job, job_parent or container_instance, a day; else a name
  since_ms INTEGER,                      -- of a pool: the earliest price that changed
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- Attempts that matter to an instance although none of its postings names them: they name it but ran elsewhere or never
-- started, ran while it did not, or still run.
CREATE TABLE witness (
  instance TEXT NOT NULL,
  attempt INTEGER NOT NULL,              -- attempt.id
  PRIMARY KEY (instance, attempt)
) STRICT, WITHOUT ROWID;

-- Registrations whose instance ECS has forgotten and an attempt tells.
CREATE TABLE told_registration (
  registration INTEGER PRIMARY KEY,      -- container_instance.id
  instance TEXT NOT NULL
) STRICT;

-- Of the day's row and postings, and of what the rollups of the day are made of: same digest, same rollups.
ALTER TABLE resource_day ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;

-- Attempts that ran where nothing is priced.
CREATE INDEX attempt_not_priced ON attempt (platform) WHERE platform > 1 AND started_at_ms IS NOT NULL;

-- Tasks on ECS Managed Instances: every build asks whether there are any.
CREATE INDEX task_managed ON task (task_id) WHERE launch_type = 'MANAGED_INSTANCES';
