#!/bin/sh
# Airflow's executor for AWS Batch (provider amazon 9.39.0, Airflow 3.3.2), on a task without retries. One would expect one
# job for one try of a task. But if Batch calls a job FAILED, for example because its Spot host was lost after five hours, the
# executor itself submits it again, up to three jobs (max_submit_job_attempts), whatever `retries` says. The setting's name and
# comment only mention submissions that fail and containers that never start. To Airflow all three jobs are try 1, and its own
# tables have one task instance. Whoever counts retries by try_number, or links jobs by the next number, finds none and pays
# three times. Here Batch is a stand-in whose jobs lose their hosts.
# Seen: "3 jobs, try_number {1}, map_index {-1}, retryStrategy {None}, tags {None}; failed after 3".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install apache-airflow==3.3.2 apache-airflow-providers-amazon==9.39.0
export AIRFLOW_HOME="$folder/airflow" AIRFLOW__AWS_BATCH_EXECUTOR__REGION_NAME=eu-west-1 \
  AIRFLOW__AWS_BATCH_EXECUTOR__JOB_NAME=task AIRFLOW__AWS_BATCH_EXECUTOR__JOB_QUEUE=q \
  AIRFLOW__AWS_BATCH_EXECUTOR__JOB_DEFINITION=d AIRFLOW__AWS_BATCH_EXECUTOR__CHECK_HEALTH_ON_STARTUP=False
cat >"$folder/lost.py" <<'PYTHON'
import datetime
import importlib.metadata
import json
import uuid

from airflow.executors import workloads
from airflow.providers.amazon.aws.executors.batch import batch_executor

# The wait between tries does not matter here.
batch_executor.calculate_next_attempt_delay = lambda *_: datetime.timedelta(0)


class Batch:
    def __init__(self):
        self.jobs = []

    def submit_job(self, **request):
        self.jobs.append(request)
        return {"jobId": f"job-{len(self.jobs)}", "jobName": request["jobName"]}

    def describe_jobs(self, jobs):
        reason = "Host EC2 (instance i-0123456789abcdef0) terminated."
        return {"jobs": [{"jobId": job, "status": "FAILED", "statusReason": reason} for job in jobs]}


executor = batch_executor.AwsBatchExecutor()
executor.batch, executor.IS_BOTO_CONNECTION_HEALTHY = Batch(), True
failed_after = []
executor.fail = lambda *_, **__: failed_after.append(len(executor.batch.jobs))
executor.running_state = lambda *_: None
task = workloads.ExecuteTask(
    ti=workloads.TaskInstance(
        id=uuid.uuid4(), dag_version_id=uuid.uuid4(), dag_id="etl", task_id="align", run_id="manual__1", try_number=1,
        map_index=-1, pool_slots=1, queue="default", priority_weight=1),
    dag_rel_path="etl.py", bundle_info={"name": "dags", "version": None}, token="t", log_path="log")
executor.queue_workload(task, None)
executor._process_workloads([task])
for _ in range(10):
    executor.sync()

jobs = executor.batch.jobs
said = [json.loads(job["containerOverrides"]["command"][-1])["ti"] for job in jobs]
print(f"provider {importlib.metadata.version('apache-airflow-providers-amazon')}: {len(jobs)} jobs, "
      f"try_number { {ti['try_number'] for ti in said} }, map_index { {ti['map_index'] for ti in said} }, "
      f"retryStrategy { {job.get('retryStrategy') for job in jobs} }, tags { {job.get('tags') for job in jobs} }; "
      f"failed after {failed_after[0]}")
assert len(jobs) == 3 and failed_after == [3] and {ti["try_number"] for ti in said} == {1}
PYTHON
"$folder/venv/bin/python" "$folder/lost.py" 2>"$folder/log" | grep '^provider' || { tail -20 "$folder/log"; exit 1; }
