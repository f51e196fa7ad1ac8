#!/bin/sh
# Two simulators, salabim 26.0.9 and SimPy 4.1.2, on the same environment of 64 vCPUs: every half hour a job of 16 vCPUs that runs
# for two hours, and one job that needs all 64. AWS Batch's queues are first in, first out: when the large job is next, small
# ones wait behind it. SimPy's Container behaves that way, and one would expect the same of salabim's Resource, which also keeps
# its requesters in a queue. But there any request that fits goes ahead, so the large job waits until no small ones arrive. With
# salabim's defaults, a model of Batch makes the largest and most expensive jobs wait too long, and never holds an environment
# back for them. Set honor_only_first=True.
# Seen (hours that the large job waits): "salabim 20.25, with honor_only_first 1.75; SimPy 1.75".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install salabim==26.0.9 simpy==4.1.2
"$folder/venv/bin/python" - <<'PYTHON'
import salabim
import simpy

# When each arrives, how many vCPUs it needs, and for how many hours.
large = (1.25, 64, 1.0)
jobs = [(number * 0.5, 16, 2.0) for number in range(40)] + [large]


def with_salabim(**settings):
    started = {}

    class Job(salabim.Component):
        def setup(self, job):
            self.job = job

        def process(self):
            at, vcpus, hours = self.job
            yield self.hold(at)
            yield self.request((environment, vcpus))
            started[self.job] = world.now()
            yield self.hold(hours)
            self.release()

    world = salabim.Environment(yieldless=False)
    environment = salabim.Resource("environment", capacity=64, **settings)
    for job in jobs:
        Job(job=job)
    world.run()
    return started[large] - large[0]


def with_simpy():
    started = {}
    world = simpy.Environment()
    environment = simpy.Container(world, capacity=64, init=64)

    def run(job):
        at, vcpus, hours = job
        yield world.timeout(at)
        yield environment.get(vcpus)
        started[job] = world.now
        yield world.timeout(hours)
        yield environment.put(vcpus)

    for job in jobs:
        world.process(run(job))
    world.run()
    return started[large] - large[0]


waits = with_salabim(), with_salabim(honor_only_first=True), with_simpy()
print(f"salabim {salabim.__version__} {waits[0]}, with honor_only_first {waits[1]}; SimPy {simpy.__version__} {waits[2]}")
assert waits == (20.25, 1.75, 1.75)
PYTHON
