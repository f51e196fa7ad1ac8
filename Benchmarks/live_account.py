#!/usr/bin/env python3
"""An AWS account with many finished jobs, served on a local port, to measure live collection against.

  live_account.py JOBS [--latency SECONDS] [--port PORT]

Prints its URL and serves until stopped. Its one queue has JOBS jobs of one attempt each, spread over the seven days
before 2026-11-02T00:00Z, with an instance for every 35 of them, which ECS and EC2 have forgotten. A DescribeJobs
document takes 3 KB, like real ones. Signatures are not checked. Then run:

  AWS_ENDPOINT_URL=http://127.0.0.1:PORT AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b \
    batchcost collect --region eu-west-1 --as-of 2026-11-02T00:00:00Z --database scale.sqlite --calls
"""
import argparse, http.server, json, socket, threading, time

ACCOUNT, REGION = "111122223333", "eu-west-1"
ARN = f"arn:aws:batch:{REGION}:{ACCOUNT}"
QUEUE = f"{ARN}:job-queue/main"
ENVIRONMENT = f"{ARN}:compute-environment/main"
CLUSTER = f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/main"
END = 1793577600000
WEEK = 7 * 86_400_000
PAGE = 1000


def number(job_id):
    return int(job_id[-12:])


def times(n, jobs):
    """When the n-th newest job was created, started and ended, in milliseconds."""
    created = END - 3_600_000 - (WEEK - 7_200_000) * n // jobs
    return created, created + 60_000, created + 60_000 + 60_000 * (1 + n % 29)


def job_id(n):
    return f"00000000-0000-4000-8000-{n:012d}"


FILLER = [{"name": f"PARAMETER_{k}", "value": "s3://a-bucket/with/a/long/path/of/input/" + str(k)} for k in range(16)]
DOCUMENT = json.dumps({
    "jobArn": f"{ARN}:job/JOBID", "jobName": "step-JOBID", "jobId": "JOBID", "jobQueue": QUEUE, "status": "SUCCEEDED",
    "attempts": [{
        "container": {
            "containerInstanceArn": f"{CLUSTER.replace(':cluster/', ':container-instance/')}/INSTANCE",
            "taskArn": f"{CLUSTER.replace(':cluster/', ':task/')}/TASK", "exitCode": 0,
            "logStreamName": "step/default/TASK", "networkInterfaces": []},
        "startedAt": 111111111, "stoppedAt": 222222222, "statusReason": "Essential container in task exited"}],
    "statusReason": "Essential container in task exited", "createdAt": 333333333, "startedAt": 111111111,
    "stoppedAt": 222222222, "dependsOn": [], "jobDefinition": f"{ARN}:job-definition/step:7", "parameters": {},
    "container": {
        "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/tools:latest", "command": ["run", "--input", "JOBID"],
        "volumes": [], "environment": FILLER, "mountPoints": [], "ulimits": [], "exitCode": 0,
        "containerInstanceArn": f"{CLUSTER.replace(':cluster/', ':container-instance/')}/INSTANCE",
        "taskArn": f"{CLUSTER.replace(':cluster/', ':task/')}/TASK", "logStreamName": "step/default/TASK",
        "networkInterfaces": [], "secrets": [],
        "resourceRequirements": [{"value": "2", "type": "VCPU"}, {"value": "4096", "type": "MEMORY"}]},
    "tags": {"team": "research"}, "platformCapabilities": ["EC2"], "eksAttempts": [], "isCancelled": False,
    "isTerminated": False, "schedulingPriority": 0})


def document(n, jobs):
    created, started, stopped = times(n, jobs)
    return (
        DOCUMENT.replace("JOBID", job_id(n)).replace("INSTANCE", f"{n // 35:032x}").replace("TASK", f"{n:032x}")
        .replace("111111111", str(started)).replace("222222222", str(stopped)).replace("333333333", str(created)))


class Account(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    jobs = 0
    latency = 0.0

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.send("text/xml", b"<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.latency)
        target = self.headers.get("X-Amz-Target", "")
        if self.path.startswith("/v1/"):
            self.send("application/json", self.batch(self.path.split("/")[-1], json.loads(body or b"{}")).encode())
        elif target:
            self.send("application/x-amz-json-1.1", self.listing(target.split(".")[-1], json.loads(body or b"{}")).encode())
        elif b"Action=GetCallerIdentity" in body:
            self.send("text/xml", (
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::%s:user/scale</Arn><UserId>A</UserId>"
                "<Account>%s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>" % (ACCOUNT, ACCOUNT)).encode())
        else:
            action = dict(pair.split("=", 1) for pair in body.decode().split("&"))["Action"]
            self.send("text/xml", f"<{action}Response></{action}Response>".encode())

    def batch(self, operation, request):
        if operation == "describejobqueues":
            return json.dumps({"jobQueues": [{
                "jobQueueName": "main", "jobQueueArn": QUEUE, "state": "ENABLED", "status": "VALID", "priority": 1,
                "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": ENVIRONMENT}]}]})
        if operation == "describecomputeenvironments":
            return json.dumps({"computeEnvironments": [{
                "computeEnvironmentName": "main", "computeEnvironmentArn": ENVIRONMENT, "ecsClusterArn": CLUSTER,
                "type": "MANAGED", "state": "ENABLED", "status": "VALID",
                "computeResources": {"type": "EC2", "minvCpus": 0, "maxvCpus": 1000, "instanceTypes": ["optimal"]}}]})
        if operation == "listjobs":
            if request.get("jobStatus") not in (None, "SUCCEEDED"):
                return '{"jobSummaryList":[]}'
            if "filters" in request:
                return '{"jobSummaryList":[]}'
            start = int(request.get("nextToken") or 0)
            end = min(start + PAGE, self.jobs)
            summaries = []
            for n in range(start, end):
                created, started, stopped = times(n, self.jobs)
                summaries.append({
                    "jobId": job_id(n), "jobName": "step", "status": "SUCCEEDED", "createdAt": created,
                    "startedAt": started, "stoppedAt": stopped})
            return json.dumps({"jobSummaryList": summaries, "nextToken": str(end) if end < self.jobs else ""})
        if operation == "describejobs":
            documents = (document(number(job), self.jobs) for job in request["jobs"])
            return '{"jobs":[%s]}' % ",".join(documents)
        return "{}"

    def listing(self, operation, request):
        if operation == "DescribeContainerInstances":
            missing = [{"arn": arn, "reason": "MISSING"} for arn in request["containerInstances"]]
            return json.dumps({"containerInstances": [], "failures": missing})
        if operation == "StartQuery":
            return json.dumps({"__type": "ResourceNotFoundException", "message": "no such log group"})
        return "{}"

    def send(self, kind, body):
        self.send_response(400 if b"ResourceNotFoundException" in body else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def get_request(self):
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection, address


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("jobs", type=int)
    arguments.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    arguments.add_argument("--port", type=int, default=0)
    options = arguments.parse_args()
    Account.jobs, Account.latency = options.jobs, options.latency
    server = Server(("127.0.0.1", options.port), Account)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
