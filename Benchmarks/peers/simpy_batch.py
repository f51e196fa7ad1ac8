#!/usr/bin/env python3
"""The model of `batchcost replay` written plainly in SimPy: jobs arrive, take the oldest instance with room, or have one
launched; instances boot, and end when they have been without a job for a while.

  simpy_batch.py TRACE.csv [JOBS]

TRACE.csv is what `batchcost replay --write-trace` writes. One kind of instance, constant delays: less than batchcost does.
Prints what it simulated as JSON; an event is an arrival, the end of an attempt or the end of an instance's wait for one.
"""
import csv, json, sys, time

import simpy

BOOT, PULL, TAIL = 90.0, 10.0, 300.0
VCPUS, MEMORY, GPUS = 192.0, 766_531.0, 8.0


class Instance:
    __slots__ = ("vcpus", "memory", "gpus", "booted", "started", "running", "waits")

    def __init__(self, now):
        self.vcpus, self.memory, self.gpus = VCPUS, MEMORY, GPUS
        self.started, self.booted, self.running, self.waits = now, now + BOOT, 0, 0


class Environment:
    def __init__(self, env):
        self.env, self.instances, self.events, self.hours, self.launched = env, [], 0, 0.0, 0

    def job(self, vcpus, memory, gpus, duration):
        env = self.env
        self.events += 1
        for instance in self.instances:
            if instance.vcpus >= vcpus and instance.memory >= memory and instance.gpus >= gpus:
                break
        else:
            instance = Instance(env.now)
            self.instances.append(instance)
            self.launched += 1
        instance.vcpus -= vcpus
        instance.memory -= memory
        instance.gpus -= gpus
        instance.running += 1
        instance.waits += 1
        yield env.timeout(max(0.0, instance.booted - env.now) + PULL + duration)
        self.events += 1
        instance.vcpus += vcpus
        instance.memory += memory
        instance.gpus += gpus
        instance.running -= 1
        if instance.running == 0:
            instance.waits += 1
            env.process(self.wait(instance, instance.waits))

    def wait(self, instance, number):
        yield self.env.timeout(TAIL)
        self.events += 1
        if instance.running == 0 and instance.waits == number:
            self.instances.remove(instance)
            self.hours += (self.env.now - instance.started) / 3600


def arrivals(env, environment, jobs):
    for ready, vcpus, memory, gpus, duration in jobs:
        if ready > env.now:
            yield env.timeout(ready - env.now)
        env.process(environment.job(vcpus, memory, gpus, duration))


def main():
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else None
    jobs = []
    with open(sys.argv[1], newline="") as file:
        for row in csv.DictReader(file):
            jobs.append((
                int(row["ready_at_ms"]) / 1000, float(row["vcpus"]), float(row["memory_mib"]), float(row["gpus"]),
                int(row["duration_ms"]) / 1000,
            ))
            if len(jobs) == limit:
                break
    jobs.sort()
    first = jobs[0][0]
    env = simpy.Environment(initial_time=first)
    environment = Environment(env)
    start = time.perf_counter()
    env.process(arrivals(env, environment, jobs))
    env.run()
    seconds = time.perf_counter() - start
    print(json.dumps({
        "program": f"SimPy {simpy.__version__}", "attempts": len(jobs), "events": environment.events, "seconds": seconds,
        "events_per_second": environment.events / seconds, "instances": environment.launched, "hours": environment.hours,
    }))


main()
