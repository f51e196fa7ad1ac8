#!/usr/bin/env python3
"""Converts what `generate.py` wrote into what the AWS CLI prints, for `batchcost collect --from`.

  convert.py DATA

Reads jobs.jsonl, attempts.csv, instances.csv, types.csv and prices.csv in the folder DATA and writes, one page a line,
DATA/aws/describe-{compute-environments,job-queues,container-instances,instances,instance-types,
spot-price-history}.jsonl and get-products.jsonl. jobs.jsonl already has the form of DescribeJobs.

Every instance ends as "User initiated", because the reference has no rule for a reclaim in the first hour.
"""
import csv, json, os, re, sys
from datetime import datetime, timezone

ACCOUNT, REGION = "123456789012", "us-east-1"
RESOURCE = re.compile(rb'"containerInstanceArn":"([^"]+)"')
ATTEMPTS = re.compile(rb'"jobId":"([^"]+)".*?"attempts":\[(.*?)\],"statusReason"')
PAGE = 500


def time(milliseconds, form="%Y-%m-%dT%H:%M:%S+00:00"):
    assert milliseconds % 1000 == 0
    return datetime.fromtimestamp(milliseconds // 1000, timezone.utc).strftime(form)


def rows(folder, name):
    with open(f"{folder}/{name}.csv", newline="") as file:
        yield from csv.DictReader(file)


def write(folder, name, member, elements):
    with open(f"{folder}/aws/{name}.jsonl", "w") as file:
        for start in range(0, len(elements), PAGE):
            file.write(json.dumps({member: elements[start : start + PAGE]}, separators=(",", ":")) + "\n")


def registrations(folder):
    """The container instance that each instance's attempts name."""
    placed = {}
    with open(f"{folder}/attempts.csv", newline="") as file:
        reader = csv.reader(file)
        column = {name: index for index, name in enumerate(next(reader))}
        job, number, instance = (column[name] for name in ("job_id", "attempt_no", "inst"))
        for row in reader:
            if row[number] == "1":
                placed[row[job].encode()] = int(row[instance])
    registered = {}
    with open(f"{folder}/jobs.jsonl", "rb") as file:
        for line in file:
            job, attempts = ATTEMPTS.search(line, 0, 65536).groups()
            arn, instance = RESOURCE.search(attempts).group(1), placed[job]
            if registered.setdefault(instance, arn) != arn:
                raise SystemExit(f"{folder}: instance {instance} is registered twice")
    return registered


def main(folder):
    os.makedirs(f"{folder}/aws", exist_ok=True)
    types = {row["itype"]: row for row in rows(folder, "types")}
    registered = registrations(folder)

    environments, reservations, container_instances = {}, [], []
    for row in rows(folder, "instances"):
        spot, environment, kind = row["spot"] == "true", row["ce"], types[row["itype"]]
        environments[environment] = spot
        tags = [
            {"Key": "AWSBatchServiceTag", "Value": "batch"},
            {"Key": "aws:autoscaling:groupName", "Value": f"AWSBatch-{environment}-asg-2f1c"},
        ]
        instance = {
            "InstanceId": row["instance_id"],
            "InstanceType": row["itype"],
            "LaunchTime": time(int(row["launch_ms"])),
            "Placement": {"AvailabilityZone": row["az"], "GroupName": "", "Tenancy": "default"},
            "State": {"Code": 48, "Name": "terminated"},
            "StateTransitionReason": time(int(row["term_ms"]), "User initiated (%Y-%m-%d %H:%M:%S GMT)"),
            "PlatformDetails": "Linux/UNIX",
            "UsageOperation": "RunInstances",
            "Architecture": "x86_64",
            "Tags": tags,
        }
        if spot:
            instance["InstanceLifecycle"] = "spot"
        reservations.append({"ReservationId": "r-" + row["instance_id"][2:], "OwnerId": ACCOUNT, "Instances": [instance]})
        arn = registered.get(int(row["inst"]))
        if arn is None:
            continue
        resources = [
            {"name": "CPU", "type": "INTEGER", "integerValue": 1024 * int(kind["vcpu"])},
            {"name": "MEMORY", "type": "INTEGER", "integerValue": int(kind["mem_gib"]) * 1024},
        ]
        if int(kind["gpu"]):
            names = [f"GPU-{index}" for index in range(int(kind["gpu"]))]
            resources.append({"name": "GPU", "type": "STRINGSET", "stringSetValue": names})
        container_instances.append(
            {
                "containerInstanceArn": arn.decode(),
                "ec2InstanceId": row["instance_id"],
                "version": 5,
                "registeredResources": resources,
                "status": "INACTIVE",
                "attributes": [
                    {"name": "ecs.instance-type", "value": row["itype"]},
                    {"name": "ecs.availability-zone", "value": row["az"]},
                    {"name": "ecs.os-type", "value": "linux"},
                ],
                "registeredAt": time(int(row["launch_ms"])),
            }
        )
    write(folder, "describe-instances", "Reservations", reservations)
    write(folder, "describe-container-instances", "containerInstances", container_instances)

    batch, ecs = (f"arn:aws:{service}:{REGION}:{ACCOUNT}:" for service in ("batch", "ecs"))
    described = [
        {
            "computeEnvironmentName": name,
            "computeEnvironmentArn": f"{batch}compute-environment/{name}",
            "ecsClusterArn": f"{ecs}cluster/AWSBatch-{name}-2f1c",
            "type": "MANAGED",
            "state": "ENABLED",
            "status": "VALID",
            "computeResources": {"type": "SPOT" if spot else "EC2", "minvCpus": 0, "maxvCpus": 100000},
            "containerOrchestrationType": "ECS",
        }
        for name, spot in sorted(environments.items())
    ]
    write(folder, "describe-compute-environments", "computeEnvironments", described)

    # Every queue has every environment, Spot first and GPUs last, since the generator's jobs run anywhere.
    order = sorted(environments, key=lambda name: ("gpu" in name, not environments[name], name))
    described = [
        {
            "jobQueueName": name,
            "jobQueueArn": f"{batch}job-queue/{name}",
            "state": "ENABLED",
            "status": "VALID",
            "priority": 10 if name.endswith("-prod") else 1,
            "computeEnvironmentOrder": [
                {"order": place, "computeEnvironment": f"{batch}compute-environment/{environment}"}
                for place, environment in enumerate(order, 1)
            ],
        }
        for name in sorted({row["queue"] for row in rows(folder, "attempts")})
    ]
    write(folder, "describe-job-queues", "jobQueues", described)

    instance_types = []
    for name, kind in types.items():
        element = {
            "InstanceType": name,
            "ProcessorInfo": {"SupportedArchitectures": ["x86_64"]},
            "VCpuInfo": {"DefaultVCpus": int(kind["vcpu"])},
            "MemoryInfo": {"SizeInMiB": int(kind["mem_gib"]) * 1024},
        }
        if int(kind["gpu"]):
            element["GpuInfo"] = {"Gpus": [{"Name": "T4", "Manufacturer": "NVIDIA", "Count": int(kind["gpu"])}]}
        instance_types.append(element)
    write(folder, "describe-instance-types", "InstanceTypes", instance_types)

    prices = [
        {
            "AvailabilityZone": row["az"],
            "InstanceType": row["itype"],
            "ProductDescription": row["product"],
            "SpotPrice": f"{int(row['price_micro']) / 1e6:.6f}",
            "Timestamp": time(int(row["ts_ms"])),
        }
        for row in rows(folder, "prices")
    ]
    write(folder, "describe-spot-price-history", "SpotPriceHistory", prices)

    products = []
    for name, kind in types.items():
        rate = {"unit": "Hrs", "beginRange": "0", "pricePerUnit": {"USD": f"{int(kind['od_micro']) / 1e6:.10f}"}}
        attributes = {
            "instanceType": name, "tenancy": "Shared", "operatingSystem": "Linux", "preInstalledSw": "NA",
            "capacitystatus": "Used", "marketoption": "OnDemand", "licenseModel": "No License required",
            "usagetype": f"BoxUsage:{name}", "operation": "RunInstances", "regionCode": REGION,
            "servicecode": "AmazonEC2",
        }  # fmt: skip
        term = {"effectiveDate": "2026-01-01T00:00:00Z", "priceDimensions": {"1": rate}}
        product = {
            "product": {"productFamily": "Compute Instance", "attributes": attributes, "sku": name},
            "serviceCode": "AmazonEC2",
            "terms": {"OnDemand": {"1": term}},
        }
        products.append(json.dumps(product, separators=(",", ":")))
    write(folder, "get-products", "PriceList", products)


main(sys.argv[1])
