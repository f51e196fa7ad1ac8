-- Facts: what AWS said, one table a kind of thing, each row the latest word on its subject.
-- Times are milliseconds since 1970-01-01T00:00:00Z. Rates are nanodollars per hour. Nothing here is computed.
--
-- Order of arrival must not matter: where two documents speak of one thing, `progress` (larger is later by the
-- document's own account) and then `digest` (a hash of the content) decide, never which came first.

CREATE TABLE account_region (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,                 -- '' where a document does not say whose it is
  region TEXT NOT NULL,
  UNIQUE (account, region)
) STRICT;

CREATE TABLE compute_environment (
  id INTEGER PRIMARY KEY,
  arn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  account_region INTEGER NOT NULL REFERENCES account_region,
  uuid TEXT,
  cluster_arn TEXT,
  management TEXT,                       -- MANAGED, UNMANAGED
  orchestration TEXT,                    -- ECS, EKS
  resource_type TEXT,                    -- EC2, SPOT, FARGATE, FARGATE_SPOT, ECS_MANAGED_INSTANCES
  state TEXT,
  allocation_strategy TEXT,
  minimum_vcpus INTEGER,
  maximum_vcpus INTEGER,
  desired_vcpus INTEGER,
  scale_down_delay_minutes INTEGER,
  bid_percentage INTEGER,
  instance_types TEXT,                   -- JSON array of names
  tags TEXT,                             -- JSON object
  described INTEGER NOT NULL DEFAULT 0,  -- 0: known from a reference alone
  progress INTEGER NOT NULL DEFAULT -1,  -- when it was described, in milliseconds, where that is known; else 0
  digest INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE job_queue (
  id INTEGER PRIMARY KEY,
  arn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  account_region INTEGER NOT NULL REFERENCES account_region,
  state TEXT,
  priority INTEGER,
  queue_type TEXT,
  environments TEXT,                     -- JSON array of compute environment ARNs in order
  tags TEXT,
  described INTEGER NOT NULL DEFAULT 0,
  progress INTEGER NOT NULL DEFAULT -1,
  digest INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE job_definition (
  id INTEGER PRIMARY KEY,
  arn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  account_region INTEGER NOT NULL REFERENCES account_region,
  kind TEXT,                             -- container, multinode
  state TEXT,
  milli_vcpus INTEGER,
  memory_mib INTEGER,
  gpus INTEGER,
  retry_attempts INTEGER,
  timeout_seconds INTEGER,
  tags TEXT,
  described INTEGER NOT NULL DEFAULT 0,
  progress INTEGER NOT NULL DEFAULT -1,
  digest INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Sets of tags, each kept once. `resourceArn` entries are no tags and are left out.
CREATE TABLE tag_set (
  id INTEGER PRIMARY KEY,
  tags TEXT NOT NULL UNIQUE              -- JSON object, keys sorted
) STRICT;

-- Array and multi-node jobs as submitted: what their children share.
CREATE TABLE job_parent (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL UNIQUE,
  tag_set INTEGER REFERENCES tag_set     -- NULL: no tags, or the parent itself was never seen
) STRICT;

CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL UNIQUE,
  account_region INTEGER NOT NULL REFERENCES account_region,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,                 -- 0 single, 1 array parent, 2 array child, 3 multi-node parent, 4 node, 5 service job
  parent INTEGER REFERENCES job_parent,  -- also set on the parent's own row
  child_index INTEGER,
  job_queue INTEGER NOT NULL REFERENCES job_queue,
  job_definition INTEGER NOT NULL REFERENCES job_definition,
  status TEXT NOT NULL,
  status_reason TEXT,
  created_at_ms INTEGER NOT NULL,
  started_at_ms INTEGER,
  stopped_at_ms INTEGER,
  platform INTEGER NOT NULL,             -- 0 EC2, 1 Fargate, 2 EKS, 3 SageMaker
  architecture TEXT,                     -- of Fargate: X86_64, ARM64
  ephemeral_gib INTEGER,                 -- of Fargate
  size INTEGER,                          -- children of a parent
  share_identifier TEXT,
  tag_set INTEGER REFERENCES tag_set,
  retry_attempts INTEGER,
  timeout_seconds INTEGER,
  cancelled INTEGER NOT NULL DEFAULT 0,
  terminated INTEGER NOT NULL DEFAULT 0,
  image TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL
) STRICT;

-- One row an attempt of a job. Replaced with its job's row, as one.
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,                -- job.id × 1024 + ordinal: attempts of a job lie together
  job INTEGER NOT NULL,                  -- job.id
  ordinal INTEGER NOT NULL,              -- 1 for the first
  started_at_ms INTEGER,                 -- NULL: placed but not yet running
  stopped_at_ms INTEGER,                 -- NULL: still running at the time of collection
  milli_vcpus INTEGER NOT NULL,          -- reserved; the containers of a task add up
  memory_mib INTEGER NOT NULL,
  gpus INTEGER NOT NULL,
  container_instance INTEGER,            -- container_instance.id; NULL on Fargate and where unknown
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  kind INTEGER NOT NULL,                 -- job.kind
  platform INTEGER NOT NULL,             -- job.platform
  parent INTEGER,                        -- job.parent
  tag_set INTEGER,                       -- job.tag_set
  exit_code INTEGER,
  task_id TEXT,                          -- the last part of the task ARN, or of the log stream's name
  instance_id TEXT,                      -- named by the status reason
  status_reason TEXT,
  container_reason TEXT
) STRICT;

CREATE TABLE cluster (
  id INTEGER PRIMARY KEY,
  account_region INTEGER NOT NULL REFERENCES account_region,
  name TEXT NOT NULL,
  UNIQUE (account_region, name)
) STRICT;

-- A registration of an instance with ECS.
CREATE TABLE container_instance (
  id INTEGER PRIMARY KEY,
  cluster INTEGER NOT NULL REFERENCES cluster,
  name TEXT NOT NULL,                    -- the last part of the ARN
  instance_id TEXT,
  instance_type TEXT,
  zone TEXT,
  operating_system TEXT,
  registered_at_ms INTEGER,
  registered_cpu INTEGER,                -- 1024 a vCPU
  registered_memory_mib INTEGER,         -- what tasks can have
  registered_gpus INTEGER,
  status TEXT,
  missing INTEGER NOT NULL DEFAULT 0,    -- ECS was asked and had forgotten it
  progress INTEGER NOT NULL DEFAULT -1,
  digest INTEGER NOT NULL DEFAULT 0,
  UNIQUE (cluster, name)
) STRICT;

CREATE TABLE task (
  task_id TEXT NOT NULL,
  cluster INTEGER NOT NULL REFERENCES cluster,
  container_instance INTEGER REFERENCES container_instance,
  launch_type TEXT,                      -- EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES
  capacity_provider TEXT,
  zone TEXT,
  architecture TEXT,
  operating_system TEXT,
  milli_vcpus INTEGER,
  memory_mib INTEGER,
  ephemeral_gib INTEGER,
  status TEXT,
  created_at_ms INTEGER,
  pull_started_at_ms INTEGER,
  pull_stopped_at_ms INTEGER,
  started_at_ms INTEGER,
  stopping_at_ms INTEGER,
  execution_stopped_at_ms INTEGER,
  stopped_at_ms INTEGER,
  stop_code TEXT,
  stopped_reason TEXT,
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  PRIMARY KEY (task_id, cluster)
) STRICT, WITHOUT ROWID;

-- Measured usage of a task.
CREATE TABLE task_usage (
  task_id TEXT NOT NULL,
  source TEXT NOT NULL,                  -- container-insights, nextflow
  memory_maximum_mib INTEGER,
  milli_vcpus_average INTEGER,
  milli_vcpus_maximum INTEGER,
  samples INTEGER,
  instance_id TEXT,
  PRIMARY KEY (task_id, source)
) STRICT, WITHOUT ROWID;

-- What task_usage is made of: a record of a task's performance log, or, at 0, what a query said of a whole task.
CREATE TABLE task_usage_sample (
  task_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  memory_mib INTEGER,
  cpu_average INTEGER,                   -- thousandths of a CPU unit, 1024 units a vCPU
  cpu_maximum INTEGER,
  samples INTEGER,
  instance_id TEXT,
  PRIMARY KEY (task_id, at_ms)
) STRICT, WITHOUT ROWID;

-- What a source says an instance is. Several may speak of one instance; the ledger chooses.
CREATE TABLE instance_description (
  instance_id TEXT NOT NULL,
  source TEXT NOT NULL,                  -- ec2, cloudtrail
  account_region INTEGER NOT NULL REFERENCES account_region,
  instance_type TEXT,
  zone TEXT,
  tenancy TEXT,                          -- default, dedicated, host
  lifecycle TEXT,                        -- spot; NULL for On-Demand
  usage_operation TEXT,                  -- RunInstances, RunInstances:0010 …
  platform_details TEXT,
  launched_at_ms INTEGER,
  state TEXT,
  state_transition_at_ms INTEGER,
  state_reason TEXT,
  auto_scaling_group TEXT,
  spot_request_id TEXT,
  public_ip INTEGER NOT NULL DEFAULT 0,  -- 1: has a public IPv4 address
  tags TEXT,
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  PRIMARY KEY (instance_id, source)
) STRICT, WITHOUT ROWID;

-- Moments in the life of an instance.
CREATE TABLE instance_event (
  instance_id TEXT NOT NULL,
  kind TEXT NOT NULL,                    -- pending, running, stopping, stopped, shutting-down, terminated,
                                         -- interruption-warning, run-instances, terminate-instances, bid-evicted
  at_ms INTEGER NOT NULL,
  source TEXT NOT NULL,                  -- event, cloudtrail
  account_region INTEGER NOT NULL REFERENCES account_region,
  PRIMARY KEY (instance_id, kind, at_ms, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE volume (
  volume_id TEXT PRIMARY KEY,
  account_region INTEGER NOT NULL REFERENCES account_region,
  instance_id TEXT,
  volume_type TEXT,
  size_gib INTEGER,
  iops INTEGER,
  throughput_mibps INTEGER,
  created_at_ms INTEGER,
  deleted_at_ms INTEGER,
  delete_on_termination INTEGER,
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL
) STRICT;

CREATE TABLE instance_type (
  name TEXT PRIMARY KEY,
  milli_vcpus INTEGER NOT NULL,
  memory_mib INTEGER NOT NULL,
  gpus INTEGER NOT NULL DEFAULT 0,
  gpu_memory_mib INTEGER,
  architecture TEXT,
  burstable INTEGER NOT NULL DEFAULT 0,
  bare_metal INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Spot prices: in force from at_ms until the next row of the same pool.
CREATE TABLE spot_price (
  account_region INTEGER NOT NULL REFERENCES account_region,
  zone TEXT NOT NULL,
  instance_type TEXT NOT NULL,
  product TEXT NOT NULL,                 -- Linux/UNIX; the ' (Amazon VPC)' of the same pool is cut
  at_ms INTEGER NOT NULL,
  rate INTEGER NOT NULL,
  PRIMARY KEY (instance_type, zone, product, account_region, at_ms)
) STRICT, WITHOUT ROWID;

-- List prices, On-Demand. `item` is an instance type for EC2, and for the rest what the usage type says after its
-- region prefix: Fargate-vCPU-Hours:perCPU, SpotUsage:Fargate-GB-Hours, EBS:VolumeUsage.gp3, PublicIPv4:InUseAddress.
CREATE TABLE list_price (
  region TEXT NOT NULL,
  service TEXT NOT NULL,                 -- AmazonEC2, AmazonECS, AmazonVPC
  item TEXT NOT NULL,
  operating_system TEXT NOT NULL,        -- Linux, Windows, RHEL, SUSE …; '' where it does not matter
  tenancy TEXT NOT NULL,                 -- Shared, Dedicated, Host; '' where it does not matter
  effective_at_ms INTEGER NOT NULL,
  rate INTEGER NOT NULL,
  unit TEXT NOT NULL,
  source TEXT NOT NULL,                  -- price-list, bundled, manual
  PRIMARY KEY (region, service, item, operating_system, tenancy, effective_at_ms)
) STRICT, WITHOUT ROWID;

-- Input that could not be used, or that says less than it should.
CREATE TABLE collection_finding (
  check_name TEXT NOT NULL,              -- unreadable, unknown-document, missing-permission …
  severity TEXT NOT NULL,                -- error, warning, note
  subject TEXT NOT NULL,                 -- a file, an API
  place TEXT NOT NULL,                   -- byte offset or JSON path; '' for all of it
  message TEXT NOT NULL,
  PRIMARY KEY (check_name, subject, place, message)
) STRICT, WITHOUT ROWID;

-- How far each source has been read.
CREATE TABLE checkpoint (
  source TEXT NOT NULL,
  scope TEXT NOT NULL,
  position TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (source, scope)
) STRICT, WITHOUT ROWID;

-- When each account and region was last looked at: what still runs is charged up to here.
CREATE TABLE collection (
  account_region INTEGER NOT NULL REFERENCES account_region,
  source TEXT NOT NULL,
  as_of_ms INTEGER NOT NULL,
  PRIMARY KEY (account_region, source)
) STRICT, WITHOUT ROWID;

-- The part of the ledger to rebuild: units whose facts changed since the last build. `*` means all of it.
CREATE TABLE changed (
  kind TEXT NOT NULL,                    -- instance, container-instance, pool, list-price, job, all
  name TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
