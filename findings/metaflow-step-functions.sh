#!/bin/sh
# Metaflow 2.19.39, a flow deployed to AWS Step Functions with a step that has @batch(aws_batch_tags={"team": "ml"}). One would
# expect its Batch jobs to carry that tag, and to name the run and the user as Metaflow does.
#   - The tag is checked and then dropped, unless METAFLOW_BATCH_EMIT_TAGS is set where the flow is deployed; so are the tags of
#     METAFLOW_BATCH_DEFAULT_TAGS. There is no warning, and no bill can be divided by team.
#   - The parameter metaflow.run_id is the execution's name, but Metaflow calls the run sfn-NAME, as in the job's own command. A
#     join by run id finds nothing.
#   - metaflow.user is SFN for everybody; who deployed the flow is in metaflow.owner.
#   - The job's name, SFN-TrainFlow--start--, has neither run nor task: all jobs of a foreach have the same one.
# Here AWS is a stand-in that accepts everything (metaflow/step_functions.py).
# Seen: "no tags; run_id $$.Execution.Name, the command's sfn-$METAFLOW_RUN_ID; user SFN, owner ana; SFN-TrainFlow--start--; with
# METAFLOW_BATCH_EMIT_TAGS: team ml, stage test".
set -eu
PYTHONPATH=$(cd "$(dirname "$0")" && pwd)/metaflow
export PYTHONPATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install metaflow==2.19.39 boto3==1.44.8
cd "$folder"
mkdir flow
cat >flow/flow.py <<'PYTHON'
from metaflow import FlowSpec, batch, step


class TrainFlow(FlowSpec):
    @batch(aws_batch_tags={"team": "ml"})
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    TrainFlow()
PYTHON
cat >deploy.py <<'PYTHON'
import importlib.metadata
import re

import step_functions


def job(**settings):
    states = step_functions.states(METAFLOW_BATCH_DEFAULT_TAGS='{"stage": "test"}', **settings)
    return states["start"]["Parameters"]


plain, tagged = job(), job(METAFLOW_BATCH_EMIT_TAGS="1")
parameters = plain["Parameters"]
run = re.search(r"--run-id (\S+)", plain["ContainerOverrides"]["Command"][-1])[1]
said = (f"{plain.get('Tags', 'no')} tags; run_id {parameters['metaflow.run_id.$']}, the command's {run}; "
        f"user {parameters['metaflow.user']}, owner {parameters['metaflow.owner']}; {plain['JobName']}; "
        f"with METAFLOW_BATCH_EMIT_TAGS: team {tagged['Tags']['team']}, "
        f"stage {tagged['Tags']['stage']}")
print(f"metaflow {importlib.metadata.version('metaflow')}: {said}")
assert said == (
    "no tags; run_id $$.Execution.Name, the command's sfn-$METAFLOW_RUN_ID; user SFN, owner ana; SFN-TrainFlow--start--; "
    "with METAFLOW_BATCH_EMIT_TAGS: team ml, stage test")
PYTHON
venv/bin/python deploy.py
