import Domain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The speed of one replay on one core.
package struct Measurement: Sendable {
  /// Attempts that were replayed.
  package var attempts: Int
  /// Moments at which the simulation did something: a start, an end, a launch, a reclaim.
  package var events: Int
  /// Processor time of the events, which other programs on the machine do not affect.
  package var simulation: Duration
  /// The same of charging and posting the result.
  package var settlement: Duration

  static func take(_ trace: Trace, _ model: Model, days: Range<Day>, seed: UInt64) -> Measurement {
    let start = processorTime()
    var simulation = Simulation(trace, model, seed: seed)
    simulation.run()
    let simulated = processorTime()
    var settlement = Settlement(trace, model, days: days)
    _ = settlement.result(of: simulation, posts: true)
    return Measurement(
      attempts: simulation.attempts.count, events: simulation.events, simulation: simulated - start,
      settlement: processorTime() - simulated)
  }

  /// The thread's processor time.
  private static func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

extension Oracle {
  /// Replays the past once, without following it.
  package func measure() -> Measurement {
    var free = model
    for index in free.environments.indices { free.environments[index].following = .market }
    return Measurement.take(trace, free, days: days, seed: 1)
  }

  /// The replayed jobs as CSV, for other simulators.
  package func traceCSV() -> String {
    var lines = ["job,queue,ready_at_ms,vcpus,memory_mib,gpus,duration_ms"]
    lines.reserveCapacity(trace.runs.count + 1)
    for (index, job) in trace.jobs.enumerated() where job.ready != .max {
      for run in trace.runs[Int(job.firstRun)..<Int(job.firstRun + job.runs)] where run.duration < 1 << 49 {
        lines.append(
          "\(index),\(job.queue),\(job.ready),\(Double(job.need.milliVCPUs) / 1000),\(job.need.memoryMiB),"
            + "\(job.need.gpus),\(run.duration)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
