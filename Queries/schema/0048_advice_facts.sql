-- Advice as what was found, by rule; reports word it.
DROP TABLE advice;
CREATE TABLE advice (
  week TEXT NOT NULL,
  position INTEGER NOT NULL,             -- 1 is the dearest
  rule TEXT NOT NULL,                    -- family, gpu-size, retry-on-spot, minimum-vcpus …
  place TEXT NOT NULL,                   -- the compute environment or the job queue to change
  environment TEXT NOT NULL,             -- the compute environment whose cost falls
  purchase TEXT NOT NULL,                -- how it buys: spot, on-demand
  instance_types TEXT NOT NULL,          -- those it is about, dearest first, as a, b
  replaced TEXT,                         -- family, generation: the type or family that another is to stand before
  family TEXT,                           -- family: that of instance_types
  offered TEXT,                          -- family, generation: the family to offer
  job_definition TEXT,                   -- packing
  instances INTEGER,
  attempts INTEGER,
  vcpu_share REAL,                       -- of what those instances hold, what jobs reserved
  memory_share REAL,
  gpu_share REAL,
  cheaper_share REAL,                    -- how much less the other price is, 0 to 1
  offered_mib_per_vcpu INTEGER,
  requested_mib INTEGER,                 -- packing: asked for, to ask for, and what the instance gives its jobs
  advised_mib INTEGER,
  host_mib INTEGER,
  minimum_vcpus INTEGER,
  delay_minutes INTEGER,                 -- scale-down
  cost INTEGER,                          -- spot-share, fargate: what the work in question cost
  elsewhere INTEGER,                     -- fargate: what it lists for there
  boot INTEGER,                          -- scale-down: what the boots of that week cost
  confidence TEXT NOT NULL,              -- low, fair, high
  saving INTEGER NOT NULL,               -- at most, by itself
  counted INTEGER NOT NULL,              -- what is left of it once the advice before it is followed
  PRIMARY KEY (week, position)
) STRICT, WITHOUT ROWID;

-- The next build computes it.
DELETE FROM build WHERE product = 'insights';
