#!/bin/sh
# moto 5.2.5, the public imitation of AWS, used to test a tool that joins Batch jobs to what they ran on. Jobs run in its mode
# without Docker. What is said about AWS comes from its API reference or from answers of the real service:
#   - an attempt's taskArn is the ARN of the job definition, so all attempts of all jobs of a definition name the same "task".
#     AWS gives each attempt its own ECS task; a tool that charges each task once finds only one here. containerInstanceArn is
#     the word TBD;
#   - a compute environment of type SPOT starts instances without InstanceLifecycle, which AWS omits only for On-Demand ones,
#     in a cluster named OnDemand_Batch_…; the cluster has no container instances, although its instances run;
#   - ListJobs by queue returns the children of an array beside their parent; AWS lists children only by arrayJobId;
#   - an array's tags stay on the parent: children have none, with or without propagateTags.
# Seen: "1 task for 2 attempts, arn:aws:batch:…:job-definition/d:1"; "lifecycles [None], 0 container instances";
# "listed by queue: 3"; "tags of the parent {'team': 'a'}, of its children [{}, {}]".
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"
"$home/venv/bin/pip" --quiet --disable-pip-version-check install 'moto[batch,ec2,ecs,iam]==5.2.5' boto3==1.44.8
cd "$home"
AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 "$home/venv/bin/python" - <<'PYTHON'
import time

import boto3
import moto

with moto.mock_aws(config={"batch": {"use_docker": False}}):
    batch, ec2, ecs, iam = (boto3.client(name) for name in ("batch", "ec2", "ecs", "iam"))
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="hosts", Description="hosts", VpcId=vpc)["GroupId"]
    role = iam.create_role(RoleName="hosts", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    profile = iam.create_instance_profile(InstanceProfileName="hosts")["InstanceProfile"]["Arn"]
    iam.add_role_to_instance_profile(InstanceProfileName="hosts", RoleName="hosts")
    environment = batch.create_compute_environment(
        computeEnvironmentName="spot-hosts", type="MANAGED", state="ENABLED", serviceRole=role,
        computeResources={
            "type": "SPOT", "allocationStrategy": "SPOT_PRICE_CAPACITY_OPTIMIZED", "minvCpus": 4, "desiredvCpus": 4,
            "maxvCpus": 16, "instanceTypes": ["m5.large"], "subnets": [subnet], "securityGroupIds": [group],
            "instanceRole": profile})["computeEnvironmentArn"]
    batch.create_job_queue(
        jobQueueName="q", state="ENABLED", priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment}])
    batch.register_job_definition(
        jobDefinitionName="d", type="container",
        containerProperties={"image": "x", "resourceRequirements": [
            {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "512"}]})
    parent = batch.submit_job(
        jobName="a", jobQueue="q", jobDefinition="d", arrayProperties={"size": 2}, tags={"team": "a"},
        propagateTags=True)["jobId"]
    children = [f"{parent}:{index}" for index in (0, 1)]
    deadline = time.monotonic() + 60
    while any(job["status"] != "SUCCEEDED" for job in batch.describe_jobs(jobs=children)["jobs"]):
        assert time.monotonic() < deadline, "the jobs did not end"
        time.sleep(0.2)

    jobs = batch.describe_jobs(jobs=children)["jobs"]
    attempts = [attempt["container"] for job in jobs for attempt in job["attempts"]]
    tasks = {attempt["taskArn"] for attempt in attempts}
    print(f"moto {moto.__version__}: {len(tasks)} task for {len(attempts)} attempts, {min(tasks)}; "
          f"container instances {sorted({attempt['containerInstanceArn'] for attempt in attempts})}")
    assert len(attempts) == 2 and tasks == {"arn:aws:batch:us-east-1:123456789012:job-definition/d:1"}
    assert {attempt["containerInstanceArn"] for attempt in attempts} == {"TBD"}

    hosts = [host for group in ec2.describe_instances()["Reservations"] for host in group["Instances"]]
    cluster = ecs.list_clusters()["clusterArns"][0]
    registered = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
    lifecycles = {host.get("InstanceLifecycle") for host in hosts}
    print(f"{len(hosts)} instances, lifecycles {sorted(map(str, lifecycles))}, {len(registered)} container instances "
          f"in {cluster.split('/')[1][:14]}…")
    assert hosts and lifecycles == {None} and not registered and cluster.split("/")[1].startswith("OnDemand_Batch_")

    listed = [job["jobId"] for job in batch.list_jobs(jobQueue="q", jobStatus="SUCCEEDED")["jobSummaryList"]]
    print(f"listed by queue: {len(listed)}")
    assert sorted(listed) == sorted([parent, *children])

    tags = batch.describe_jobs(jobs=[parent])["jobs"][0]["tags"], [job["tags"] for job in jobs]
    print(f"tags of the parent {tags[0]}, of its children {tags[1]}")
    assert tags == ({"team": "a"}, [{}, {}])
PYTHON
