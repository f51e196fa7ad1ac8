#!/usr/bin/env python3
"""The model of `batchcost replay`, written plainly in SimPy: jobs arrive and take the oldest instance with room in the
queue's environments, in order, or have one launched, of a type drawn at random; instances boot, pull images, are
reclaimed, and end after some time without a job. Delays are drawn from quantiles.

  simpy_batch.py TRACE.csv [JOBS]

TRACE.csv is what `batchcost replay --write-trace` writes. Prices, retries of failed jobs, what history gave each try and
what ran before the first day are left out; batchcost does these too. Prints what it simulated as JSON. An event is an
arrival, the end of an attempt, the end of an instance's wait for one, or its reclaim.
"""
import bisect, csv, itertools, json, math, random, sys, time

import simpy

# The benchmark generator's types: vCPUs, MiB and GPUs.
SIZES = [2, 4, 8, 16, 32, 48, 64, 96]
PLAIN = [(vcpus, gib * vcpus * 1024, 0) for vcpus in SIZES for gib in (2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 8, 8)][:90]
WITH_GPUS = [(4, 16, 1), (8, 32, 1), (16, 64, 1), (48, 192, 4), (4, 16, 1), (8, 32, 1), (16, 64, 1), (48, 192, 4), (8, 61, 1), (32, 244, 4)]
WITH_GPUS = [(vcpus, gib * 1024, gpus) for vcpus, gib, gpus in WITH_GPUS]
# Whether each is Spot, and its types, in the order of every queue.
ENVIRONMENTS = [(True, PLAIN), (True, PLAIN), (True, PLAIN), (False, PLAIN), (True, WITH_GPUS), (False, WITH_GPUS)]
RECLAIMS_AN_HOUR = 0.05


def quantiles(median, spread):
    """101 values of a log-normal delay, in seconds."""
    generator = random.Random(1)
    normal = [generator.gauss(0, 1) for _ in range(2000)]
    values = sorted(median * math.exp(spread * value) for value in normal)
    return [values[min(len(values) - 1, len(values) * step // 100)] for step in range(101)]


BOOT, COLD_PULL, WARM_PULL, SCHEDULING, TAIL = (
    quantiles(*given) for given in ((90, 0.2), (20, 0.5), (2, 0.5), (8, 0.4), (240, 0.6)))


def drawn(delay):
    position = random.random() * 100
    below = int(position)
    return delay[below] + (position - below) * (delay[below + 1] - delay[below])


class Instance:
    __slots__ = ("place", "vcpus", "memory", "gpus", "booted", "started", "running", "waits", "had_jobs", "is_gone")

    def __init__(self, place, size, now):
        self.place = place
        self.vcpus, self.memory, self.gpus = size
        self.started, self.booted, self.waits, self.had_jobs, self.is_gone = now, now + drawn(BOOT), 0, False, False
        self.running = set()


class Place:
    """A compute environment."""

    def __init__(self, is_spot, types):
        self.is_spot, self.types, self.instances, self.chances = is_spot, types, [], {}

    def with_room(self, vcpus, memory, gpus):
        for instance in self.instances:
            if instance.vcpus >= vcpus and instance.memory >= memory and instance.gpus >= gpus:
                return instance

    def type(self, vcpus, memory, gpus):
        """Drawn at random, the less likely the larger it is than the job; None if none is large enough."""
        need = (vcpus, memory, gpus)
        if need not in self.chances:
            types = [size for size in self.types if size[0] >= vcpus and size[1] >= memory and size[2] >= gpus]
            self.chances[need] = (types, list(itertools.accumulate(vcpus / size[0] for size in types)))
        types, up_to = self.chances[need]
        return types[bisect.bisect(up_to, random.random() * up_to[-1])] if types else None


class Batch:
    def __init__(self, env):
        self.env, self.events, self.hours, self.launched, self.reclaimed = env, 0, 0.0, 0, 0
        self.places = [Place(*given) for given in ENVIRONMENTS]

    def instance(self, vcpus, memory, gpus):
        for place in self.places:
            found = place.with_room(vcpus, memory, gpus)
            if found:
                return found
        for place in self.places:
            size = place.type(vcpus, memory, gpus)
            if size is None:
                continue
            launched = Instance(place, size, self.env.now)
            place.instances.append(launched)
            self.launched += 1
            if place.is_spot:
                self.env.process(self.market(launched))
            return launched

    def job(self, vcpus, memory, gpus, duration):
        env = self.env
        while True:
            self.events += 1
            instance = self.instance(vcpus, memory, gpus)
            if instance is None:
                return
            instance.vcpus -= vcpus
            instance.memory -= memory
            instance.gpus -= gpus
            instance.running.add(env.active_process)
            instance.waits += 1
            placed = max(instance.booted, env.now + drawn(SCHEDULING))
            pull = drawn(WARM_PULL if instance.had_jobs else COLD_PULL)
            instance.had_jobs = True
            try:
                yield env.timeout(placed - env.now + pull + duration)
            except simpy.Interrupt:
                continue
            self.events += 1
            instance.vcpus += vcpus
            instance.memory += memory
            instance.gpus += gpus
            instance.running.discard(env.active_process)
            if not instance.running:
                instance.waits += 1
                env.process(self.wait(instance, instance.waits))
            return

    def wait(self, instance, number):
        yield self.env.timeout(drawn(TAIL))
        self.events += 1
        if not instance.running and instance.waits == number and not instance.is_gone:
            self.end(instance)

    def market(self, instance):
        yield self.env.timeout(random.expovariate(RECLAIMS_AN_HOUR) * 3600)
        if instance.is_gone:
            return
        self.events += 1
        self.reclaimed += 1
        self.end(instance)
        for job in instance.running:
            job.interrupt()

    def end(self, instance):
        instance.is_gone = True
        instance.place.instances.remove(instance)
        self.hours += (self.env.now - instance.started) / 3600


def arrivals(env, batch, jobs):
    for ready, vcpus, memory, gpus, duration in jobs:
        if ready > env.now:
            yield env.timeout(ready - env.now)
        env.process(batch.job(vcpus, memory, gpus, duration))


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
    random.seed(1)
    env = simpy.Environment(initial_time=first)
    batch = Batch(env)
    start = time.process_time()
    env.process(arrivals(env, batch, jobs))
    env.run()
    seconds = time.process_time() - start
    print(json.dumps({
        "program": f"SimPy {simpy.__version__}", "attempts": len(jobs), "events": batch.events, "seconds": seconds,
        "events_per_second": batch.events / seconds, "instances": batch.launched, "reclaims": batch.reclaimed,
        "hours": batch.hours,
    }))


main()
