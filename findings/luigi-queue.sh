#!/bin/sh
# Luigi 3.8.1, a BatchTask without job_queue, which is optional. One would expect an error, or the queue of some setting. Luigi
# asks DescribeJobQueues and submits to the first one in the answer that is enabled, whatever its priority or environments; Batch
# promises no order. So the queue that somebody adds for GPUs, or for On-Demand hosts, may take over the jobs of all such tasks,
# and disabling one moves them to the next. Luigi's configuration can name one for each task: [Align] job_queue.
# Here Batch is a stand-in.
# Seen: "submitted to spot; after another team added gpu: gpu; with [Align] job_queue: spot".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install luigi==3.8.1 boto3==1.44.8
"$folder/venv/bin/python" - 2>/dev/null <<'PYTHON'
import importlib.metadata

import boto3
import luigi

queues, asked = ["spot"], []


class Aws:
    def describe_job_queues(self):
        return {"jobQueues": [
            {"jobQueueName": queue, "state": "ENABLED", "status": "VALID", "priority": 1 if queue == "gpu" else 10}
            for queue in queues]}

    def submit_job(self, **request):
        asked.append(request["jobQueue"])
        return {"jobId": "1"}

    def describe_jobs(self, jobs):
        return {"ResponseMetadata": {"HTTPStatusCode": 200}, "jobs": [{"status": "SUCCEEDED"}]}


boto3.client = lambda *_, **__: Aws()
from luigi.contrib.batch import BatchTask


class Align(BatchTask):
    job_definition = "align"
    sample = luigi.Parameter()


def run(sample):
    luigi.build([Align(sample=sample)], local_scheduler=True, log_level="CRITICAL")


run("s1")
queues.insert(0, "gpu")
run("s2")
luigi.configuration.get_config().set("Align", "job_queue", "spot")
run("s3")
print(f"luigi {importlib.metadata.version('luigi')}: submitted to {asked[0]}; after another team added gpu: {asked[1]}; "
      f"with [Align] job_queue: {asked[2]}")
assert asked == ["spot", "gpu", "spot"]
PYTHON
