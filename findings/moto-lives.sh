#!/bin/sh
# moto 5.2.5, the public imitation of AWS, used to test what computes cost from the life of instances, disks and tasks. One
# would expect the times and sizes that AWS bills by:
#   - a stopped and started instance keeps its first LaunchTime. AWS's is "the time that the instance was last launched" (model of
#     EC2 in botocore 1.44.8), so a test counts the hours in which it was stopped, and passes;
#   - an instance run with InstanceMarketOptions is on Spot, but has no Spot request, so nothing can say how it ended;
#   - a gp3 disk in a block device mapping loses its Iops: asked for 16,000, it has the 3,000 that are free;
#   - a Fargate task that was stopped has no createdAt, startedAt, stoppedAt, cpu and memory: it lasts no time and has no size.
# Seen: "LaunchTime after a restart: as before; on Spot: spot, 0 requests; gp3 of 16000 IOPS: 3000; STOPPED task without cpu,
# createdAt, memory, startedAt, stoppedAt".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install 'moto[ec2,ecs]==5.2.5' boto3==1.44.8
export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1 MOTO_EC2_LOAD_DEFAULT_AMIS=false
"$folder/venv/bin/python" - <<'PYTHON'
import time
import warnings

import boto3
import moto

warnings.simplefilter("ignore")
with moto.mock_aws():
    ec2, ecs = boto3.client("ec2"), boto3.client("ecs")
    (instance,) = ec2.run_instances(
        ImageId="ami-12345678", InstanceType="m5.large", MinCount=1, MaxCount=1, InstanceMarketOptions={"MarketType": "spot"},
        BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 500, "VolumeType": "gp3", "Iops": 16_000}}],
    )["Instances"]
    ids = [instance["InstanceId"]]

    def now():
        return ec2.describe_instances(InstanceIds=ids)["Reservations"][0]["Instances"][0]

    ec2.stop_instances(InstanceIds=ids)
    time.sleep(2)
    ec2.start_instances(InstanceIds=ids)
    restarted = "as before" if now()["LaunchTime"] == instance["LaunchTime"] else "new"
    requests = ec2.describe_spot_instance_requests()["SpotInstanceRequests"]
    (disk,) = ec2.describe_volumes()["Volumes"]

    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    ecs.create_cluster(clusterName="c")
    ecs.register_task_definition(
        family="f", networkMode="awsvpc", cpu="1024", memory="2048", requiresCompatibilities=["FARGATE"],
        containerDefinitions=[{"name": "f", "image": "x", "memory": 2048}])
    (task,) = ecs.run_task(cluster="c", taskDefinition="f", launchType="FARGATE", networkConfiguration={
        "awsvpcConfiguration": {"subnets": [subnet], "securityGroups": []}})["tasks"]
    ecs.stop_task(cluster="c", task=task["taskArn"])
    (task,) = ecs.describe_tasks(cluster="c", tasks=[task["taskArn"]])["tasks"]

words = ec2.meta.service_model.shape_for("Instance").members["LaunchTime"].documentation
missing = sorted({"createdAt", "startedAt", "stoppedAt", "cpu", "memory"} - set(task))
print(f"moto {moto.__version__}: LaunchTime after a restart: {restarted}; on Spot: {instance['InstanceLifecycle']}, "
      f"{len(requests)} requests; gp3 of 16000 IOPS: {disk['Iops']}; {task['lastStatus']} task without {', '.join(missing)}")
assert "was last launched" in words and restarted == "as before" and requests == [] and disk["Iops"] == 3000
assert instance["InstanceLifecycle"] == "spot" and task["lastStatus"] == "STOPPED"
assert missing == ["cpu", "createdAt", "memory", "startedAt", "stoppedAt"]
PYTHON
