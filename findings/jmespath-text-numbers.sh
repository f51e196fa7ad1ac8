#!/bin/sh
# JMESPath (jmespath 1.1.0), the language of the AWS CLI's --query, on answers of Batch and EC2: jobs that reserve over 10,000 MiB
# of memory, and Spot prices under $9.60. Both are numbers in text, "65536" and "10.2500", as AWS writes sizes and prices. One
# would expect what JMESPath's specification says of < and > on text, null, so that nothing is found, or numbers to be compared
# as numbers. The text is compared: `value > '10000'` also finds "9000", and `SpotPrice < '9.6'` also "10.2500", without an error.
# So a list of large jobs has small ones, and a cheap type may be the dearest. With a number, in backticks, it ends in a TypeError
# of Python. max_by and sort_by order text as well. Wrap each such member in to_number().
# Seen: "over 10000: small big, by number big; under 9.6: p5.48xlarge x2iedn.24xlarge, by number x2iedn.24xlarge; largest: small,
# by number big; text and number: TypeError".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install jmespath==1.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import jmespath


def job(name, memory):
    return {"jobName": name, "container": {"resourceRequirements": [
        {"type": "VCPU", "value": "4"}, {"type": "MEMORY", "value": memory}]}}


jobs = {"jobs": [job("small", "9000"), job("big", "65536")]}
prices = {"SpotPriceHistory": [
    {"InstanceType": "p5.48xlarge", "SpotPrice": "10.2500"}, {"InstanceType": "x2iedn.24xlarge", "SpotPrice": "9.5000"}]}
memory = "(container.resourceRequirements[?type=='MEMORY'].value | [0])"


def found(query, document):
    return " ".join(jmespath.search(query, document))


large = found(f"jobs[?{memory} > '10000'].jobName", jobs), found(f"jobs[?to_number({memory}) > `10000`].jobName", jobs)
cheap = (found("SpotPriceHistory[?SpotPrice < '9.6'].InstanceType", prices),
         found("SpotPriceHistory[?to_number(SpotPrice) < `9.6`].InstanceType", prices))
largest = (jmespath.search(f"max_by(jobs, &{memory}).jobName", jobs),
           jmespath.search(f"max_by(jobs, &to_number({memory})).jobName", jobs))
try:
    mixed = found(f"jobs[?{memory} > `10000`].jobName", jobs) or "nothing"
except TypeError:
    mixed = "TypeError"
print(f"jmespath {jmespath.__version__}: over 10000: {large[0]}, by number {large[1]}; under 9.6: {cheap[0]}, by number "
      f"{cheap[1]}; largest: {largest[0]}, by number {largest[1]}; text and number: {mixed}")
assert large == ("small big", "big") and cheap == ("p5.48xlarge x2iedn.24xlarge", "x2iedn.24xlarge")
assert largest == ("small", "big") and mixed == "TypeError"
PYTHON
