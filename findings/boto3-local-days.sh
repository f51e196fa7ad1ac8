#!/bin/sh
# boto3 1.44.8 on a laptop in Los Angeles: when a host was launched, from EC2, and when a task started on it, from ECS. AWS keeps
# time and bills in UTC, and one would expect both to be in UTC. EC2's are; those of ECS, which come as numbers of seconds, are
# in the machine's own time zone. Differences are right, but .date(), .hour, strftime and GROUP BY of what was written down are
# not: what ran at midnight UTC on 1 May is April's for ECS and May's for EC2 and the bill. The same program in a container, which
# runs in UTC, finds other days.
# In the hour that the clock repeats in autumn it gets worse: such a time equals no time in UTC, not even its own, so a join of
# ECS's times with those of events or of EC2 finds nothing. Take .astimezone(datetime.timezone.utc) of every time first.
# Here EC2 and ECS are stand-ins.
# Seen: "launched 2026-05-01, task started 2026-04-30, 0:00:00 apart; equal to itself in UTC: in May True, in the repeated hour
# False".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install boto3==1.44.8
export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1 AWS_CONFIG_FILE="$folder/none"
TZ=America/Los_Angeles "$folder/venv/bin/python" - <<'PYTHON'
import datetime
import http.server
import json
import threading

import boto3

utc = datetime.timezone.utc
may = datetime.datetime(2026, 5, 1, tzinfo=utc)
repeated = datetime.datetime(2026, 11, 1, 8, 30, tzinfo=utc)  # 1:30, which comes again at 9:30
instances = f"""
    <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item><instancesSet><item>
    <launchTime>{may:%Y-%m-%dT%H:%M:%S.000Z}</launchTime>
    </item></instancesSet></item></reservationSet></DescribeInstancesResponse>""".strip()
tasks = json.dumps({"tasks": [{"startedAt": time.timestamp()} for time in (may, repeated)]})


class AWS(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        answer = (tasks if "x-amz-target" in self.headers else instances).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), AWS)
threading.Thread(target=server.serve_forever, daemon=True).start()
ec2, ecs = (boto3.client(name, endpoint_url=f"http://127.0.0.1:{server.server_port}") for name in ("ec2", "ecs"))
launched = ec2.describe_instances()["Reservations"][0]["Instances"][0]["LaunchTime"]
started, autumn = (task["startedAt"] for task in ecs.describe_tasks(tasks=["a", "b"])["tasks"])
equal = [time == time.astimezone(utc) for time in (started, autumn)]
print(f"boto3 {boto3.__version__}: launched {launched.date()}, task started {started.date()}, {started - launched} apart; equal "
      f"to itself in UTC: in May {equal[0]}, in the repeated hour {equal[1]}")
assert (str(launched.date()), str(started.date())) == ("2026-05-01", "2026-04-30")
assert started - launched == datetime.timedelta(0) and equal == [True, False] and autumn.astimezone(utc) == repeated
PYTHON
