-- Notes which facts change after a ledger was built, for its next build. Not a query: these triggers are created on each
-- connection that writes, because only batchcost has the function `note_change`.

CREATE TEMP TRIGGER IF NOT EXISTS job_added AFTER INSERT ON main.job
BEGIN SELECT note_change('job', NEW.id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS job_changed AFTER UPDATE ON main.job
BEGIN SELECT note_change('job', NEW.id, NULL), note_change('day', OLD.stopped_at_ms / 86400000, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS job_moved AFTER UPDATE OF parent, kind ON main.job
WHEN (OLD.parent, OLD.kind) IS NOT (NEW.parent, NEW.kind)
BEGIN SELECT note_change('all', 'families of jobs', NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS dependency_added AFTER INSERT ON main.job_dependency
BEGIN SELECT note_change('job', (SELECT id FROM main.job WHERE job_id = NEW.job_id), NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS bucket_added AFTER INSERT ON main.job_bucket
BEGIN SELECT note_change('job', (SELECT id FROM main.job WHERE job_id = NEW.job_id), NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS attempt_added AFTER INSERT ON main.attempt
BEGIN SELECT note_change('job', NEW.job, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS attempt_changed AFTER UPDATE ON main.attempt
BEGIN
  SELECT note_change('job', NEW.job, NULL), note_change('day', OLD.started_at_ms / 86400000, NULL),
    note_change('registration', OLD.container_instance, NULL),
    note_change('instance', OLD.instance_id, NULL),
    note_change('former-task', COALESCE(OLD.task_id, CASE WHEN OLD.platform IN (SELECT id FROM main.job_platform WHERE has_tasks = 1) THEN
      (SELECT job_id FROM main.job WHERE id = OLD.job) || ' attempt ' || OLD.ordinal END), NULL);
END;

-- It is no longer where it was placed. A task without a name has its job's name.
CREATE TEMP TRIGGER IF NOT EXISTS attempt_removed AFTER DELETE ON main.attempt
BEGIN
  SELECT note_change('job', OLD.job, NULL), note_change('day', OLD.started_at_ms / 86400000, NULL),
    note_change('registration', OLD.container_instance, NULL),
    note_change('instance', OLD.instance_id, NULL),
    note_change('former-task', COALESCE(OLD.task_id, CASE WHEN OLD.platform IN (SELECT id FROM main.job_platform WHERE has_tasks = 1) THEN
      (SELECT job_id FROM main.job WHERE id = OLD.job) || ' attempt ' || OLD.ordinal END), NULL);
END;

CREATE TEMP TRIGGER IF NOT EXISTS parent_tagged AFTER UPDATE OF tag_set ON main.job_parent
WHEN OLD.tag_set IS NOT NEW.tag_set
BEGIN SELECT note_change('parent', NEW.id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS registration_added AFTER INSERT ON main.container_instance
BEGIN SELECT note_change('registration', NEW.id, NULL), note_change('instance', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS registration_changed AFTER UPDATE ON main.container_instance
WHEN (OLD.instance_id, OLD.instance_type, OLD.zone, OLD.registered_at_ms, OLD.cluster)
  IS NOT (NEW.instance_id, NEW.instance_type, NEW.zone, NEW.registered_at_ms, NEW.cluster)
BEGIN
  SELECT note_change('registration', NEW.id, NULL), note_change('instance', OLD.instance_id, NULL),
    note_change('instance', NEW.instance_id, NULL);
END;

CREATE TEMP TRIGGER IF NOT EXISTS task_added AFTER INSERT ON main.task
BEGIN SELECT note_change('task', NEW.task_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS task_changed AFTER UPDATE ON main.task
WHEN (OLD.pull_started_at_ms, OLD.container_instance, OLD.capacity_provider, OLD.zone, OLD.operating_system,
    OLD.launch_type, OLD.architecture, OLD.milli_vcpus, OLD.memory_mib, OLD.ephemeral_gib)
  IS NOT (NEW.pull_started_at_ms, NEW.container_instance, NEW.capacity_provider, NEW.zone, NEW.operating_system,
    NEW.launch_type, NEW.architecture, NEW.milli_vcpus, NEW.memory_mib, NEW.ephemeral_gib)
BEGIN
  SELECT note_change('task', NEW.task_id, NULL), note_change('registration', OLD.container_instance, NULL);
END;

CREATE TEMP TRIGGER IF NOT EXISTS training_added AFTER INSERT ON main.training_job
BEGIN SELECT note_change('task', NEW.name, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS training_changed AFTER UPDATE ON main.training_job
BEGIN SELECT note_change('task', NEW.name, NULL); END;

-- A service job is written after its job.
CREATE TEMP TRIGGER IF NOT EXISTS service_added AFTER INSERT ON main.service_job
BEGIN SELECT note_change('job', (SELECT id FROM main.job WHERE job_id = NEW.job_id), NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS service_changed AFTER UPDATE ON main.service_job
BEGIN SELECT note_change('job', (SELECT id FROM main.job WHERE job_id = NEW.job_id), NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS usage_added AFTER INSERT ON main.task_usage
BEGIN SELECT note_change('task', NEW.task_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS usage_changed AFTER UPDATE ON main.task_usage
BEGIN SELECT note_change('task', NEW.task_id, NULL), note_change('instance', OLD.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS usage_removed AFTER DELETE ON main.task_usage
BEGIN SELECT note_change('task', OLD.task_id, NULL), note_change('instance', OLD.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS gpu_usage_added AFTER INSERT ON main.gpu_usage
BEGIN SELECT note_change('gpu', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS gpu_usage_changed AFTER UPDATE ON main.gpu_usage
BEGIN SELECT note_change('gpu', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS gpu_usage_removed AFTER DELETE ON main.gpu_usage
BEGIN SELECT note_change('gpu', OLD.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS task_gpu_added AFTER INSERT ON main.task_gpu
BEGIN SELECT note_change('task', NEW.task_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS task_gpu_removed AFTER DELETE ON main.task_gpu
BEGIN SELECT note_change('task', OLD.task_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS object_added AFTER INSERT ON main.listed_object
BEGIN SELECT note_change('object', NEW.key, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS object_removed AFTER DELETE ON main.listed_object
BEGIN SELECT note_change('object', OLD.key, NULL); END;

-- What jobs name, and how much of it is theirs.
CREATE TEMP TRIGGER IF NOT EXISTS named_resource_added AFTER INSERT ON main.job_definition_resource
BEGIN SELECT note_change('definition', NEW.job_definition, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS log_stream_added AFTER INSERT ON main.log_stream_day
BEGIN SELECT note_change('day', NEW.day, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS log_stream_changed AFTER UPDATE ON main.log_stream_day
BEGIN SELECT note_change('day', NEW.day, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS log_stream_removed AFTER DELETE ON main.log_stream_day
BEGIN SELECT note_change('day', OLD.day, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS description_added AFTER INSERT ON main.instance_description
BEGIN SELECT note_change('instance', NEW.instance_id, NULL), note_change('system', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS description_changed AFTER UPDATE ON main.instance_description
BEGIN SELECT note_change('instance', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS system_changed AFTER UPDATE ON main.instance_description
WHEN (OLD.usage_operation, OLD.platform_details, OLD.tenancy)
  IS NOT (NEW.usage_operation, NEW.platform_details, NEW.tenancy)
BEGIN SELECT note_change('system', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS address_added AFTER INSERT ON main.instance_address
BEGIN SELECT note_change('instance', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS node_added AFTER INSERT ON main.kubernetes_node
BEGIN SELECT note_change('instance', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS node_changed AFTER UPDATE ON main.kubernetes_node
BEGIN SELECT note_change('instance', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS event_added AFTER INSERT ON main.instance_event
BEGIN SELECT note_change('instance', NEW.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS volume_added AFTER INSERT ON main.volume
BEGIN SELECT note_change('volume', NEW.volume_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS volume_changed AFTER UPDATE ON main.volume
BEGIN SELECT note_change('volume', NEW.volume_id, NULL), note_change('instance', OLD.instance_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS type_added AFTER INSERT ON main.instance_type
BEGIN SELECT note_change('type', NEW.name, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS type_changed AFTER UPDATE ON main.instance_type
WHEN (OLD.milli_vcpus, OLD.memory_mib, OLD.gpus) IS NOT (NEW.milli_vcpus, NEW.memory_mib, NEW.gpus)
BEGIN SELECT note_change('type', NEW.name, NULL); END;

-- Once a pool has a price of the account's own, prices collected without an account never count for it.
CREATE TEMP TRIGGER IF NOT EXISTS spot_price_added AFTER INSERT ON main.spot_price
BEGIN
  SELECT note_change('pool', NEW.instance_type || ' ' || NEW.zone,
    CASE WHEN EXISTS (SELECT 1 FROM main.spot_price
      WHERE (instance_type, zone, product, account_region) = (NEW.instance_type, NEW.zone, NEW.product, NEW.account_region)
        AND at_ms <> NEW.at_ms) THEN NEW.at_ms END);
END;

CREATE TEMP TRIGGER IF NOT EXISTS spot_price_changed AFTER UPDATE ON main.spot_price
BEGIN
  SELECT note_change('pool', NEW.instance_type || ' ' || NEW.zone, NEW.at_ms),
    note_change('pool', OLD.instance_type || ' ' || OLD.zone, OLD.at_ms);
END;

-- The first known list price also applies to the time before it, so all time depends on it.
CREATE TEMP TRIGGER IF NOT EXISTS list_price_added AFTER INSERT ON main.list_price
BEGIN SELECT note_change('list-price', NEW.service || ' ' || NEW.item, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS list_price_changed AFTER UPDATE ON main.list_price
WHEN (OLD.effective_at_ms, OLD.rate) IS NOT (NEW.effective_at_ms, NEW.rate)
BEGIN SELECT note_change('list-price', NEW.service || ' ' || NEW.item, NULL); END;

-- An environment may place anything.
CREATE TEMP TRIGGER IF NOT EXISTS environment_added AFTER INSERT ON main.compute_environment
BEGIN SELECT note_change('all', 'compute environments', NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS environment_changed AFTER UPDATE ON main.compute_environment
WHEN (OLD.name, OLD.uuid, OLD.cluster_arn, OLD.resource_type, OLD.capacity_option)
  IS NOT (NEW.name, NEW.uuid, NEW.cluster_arn, NEW.resource_type, NEW.capacity_option)
BEGIN SELECT note_change('all', 'compute environments', NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS queue_changed AFTER UPDATE ON main.job_queue
WHEN OLD.environments IS NOT NEW.environments
BEGIN SELECT note_change('all', 'job queues', NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS reservation_added AFTER INSERT ON main.capacity_reservation
BEGIN
  SELECT note_change('reservation', NEW.reservation_id, NULL),
    note_change('block', CASE WHEN NEW.kind = 'capacity-block' THEN NEW.reservation_id END, NULL);
END;

CREATE TEMP TRIGGER IF NOT EXISTS reservation_changed AFTER UPDATE ON main.capacity_reservation
BEGIN SELECT note_change('reservation', NEW.reservation_id, NULL); END;

-- The fee of a Capacity Block is divided by these.
CREATE TEMP TRIGGER IF NOT EXISTS block_reservation_changed AFTER UPDATE ON main.capacity_reservation
WHEN 'capacity-block' IN (OLD.kind, NEW.kind) AND (OLD.kind, OLD.block_id, OLD.instances, OLD.started_at_ms, OLD.ended_at_ms)
  IS NOT (NEW.kind, NEW.block_id, NEW.instances, NEW.started_at_ms, NEW.ended_at_ms)
BEGIN SELECT note_change('block', NEW.reservation_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS reservation_seen AFTER INSERT ON main.reservation_state
BEGIN SELECT note_change('reservation', NEW.reservation_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS block_added AFTER INSERT ON main.capacity_block
BEGIN SELECT note_change('block', NEW.block_id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS block_changed AFTER UPDATE ON main.capacity_block
WHEN (OLD.started_at_ms, OLD.ended_at_ms, OLD.reservations) IS NOT (NEW.started_at_ms, NEW.ended_at_ms, NEW.reservations)
BEGIN SELECT note_change('block', NEW.block_id, NULL); END;

-- The whole ledger is compared with a bill and with the Spot data feed.
CREATE TEMP TRIGGER IF NOT EXISTS bill_added AFTER INSERT ON main.bill
BEGIN SELECT note_change('bill', NEW.id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS bill_changed AFTER UPDATE ON main.bill
BEGIN SELECT note_change('bill', NEW.id, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS coverage_added AFTER INSERT ON main.bill_coverage
BEGIN SELECT note_change('bill', NEW.bill, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS coverage_removed AFTER DELETE ON main.bill_coverage
BEGIN SELECT note_change('bill', OLD.bill, NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS fed AFTER INSERT ON main.spot_feed
BEGIN SELECT note_change('feed', '', NULL); END;

CREATE TEMP TRIGGER IF NOT EXISTS fed_again AFTER UPDATE ON main.spot_feed
BEGIN SELECT note_change('feed', '', NULL); END;
