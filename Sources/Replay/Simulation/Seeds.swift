import Dispatch
import Domain

/// Replays with several seeds, on all cores. A seed's answer does not depend on how many there are.
package enum Seeds {
  /// - Parameters:
  ///   - seeds: they are 1, 2, … up to this.
  ///   - posts: also divide the cost among accounts and jobs.
  ///   - threads: 1 to replay on this thread alone; otherwise on all cores.
  package static func run(
    _ trace: Trace, _ model: Model, days: Range<Day>, seeds: Int, posts: Bool = true, threads: Int? = nil
  ) -> SeedResults {
    SeedResults(
      results: Parallel.map(Array(1...max(1, seeds)), threads: threads) {
        Replay.run(trace, model, seed: UInt64($0), days: days, posts: posts)
      })
  }
}

/// Computes values on several cores, in order.
enum Parallel {
  static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], threads: Int? = nil, _ compute: @escaping @Sendable (Input) -> Output
  ) -> [Output] {
    if threads == 1 || inputs.count < 2 { return inputs.map(compute) }
    let outputs = Outputs<Output>(count: inputs.count)
    DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
      outputs.set(index, compute(inputs[index]))
    }
    return outputs.values()
  }

  /// Each position is written once, by one thread, before all are read.
  private final class Outputs<Output: Sendable>: @unchecked Sendable {
    private let queue = DispatchQueue(label: "batchcost.replay")
    private var all: [Output?]

    init(count: Int) { all = Array(repeating: nil, count: count) }

    func set(_ index: Int, _ output: Output) { queue.sync { all[index] = output } }
    func values() -> [Output] { queue.sync { all.compactMap { $0 } } }
  }
}

/// The results of several seeds.
package struct SeedResults: Sendable {
  /// By seed, from 1.
  package let results: [ReplayResult]

  package init(results: [ReplayResult]) { self.results = results }

  /// Nanodollars, rounded towards zero.
  package var meanCost: Int64 { results.reduce(0) { $0 + $1.cost } / Int64(max(1, results.count)) }
  package var meanReclaims: Double {
    Double(results.reduce(0) { $0 + $1.reclaims }) / Double(max(1, results.count))
  }

  /// The mean of every figure, for the jobs that answers are narrowed to.
  package var meanNarrowed: NarrowedResult {
    let count = Int64(max(1, results.count))
    return NarrowedResult(
      cost: results.reduce(0) { $0 + $1.narrowed.cost } / count,
      waitP95: results.reduce(0) { $0 + $1.narrowed.waitP95 } / count)
  }

  /// Without a price, on average.
  package var unpricedHours: Double {
    let sum = results.reduce(0) { $0 + $1.unpricedMilliseconds }
    return Double(sum) / Double(max(1, results.count)) / Double(millisecondsPerHour)
  }

  /// Jobs that had not started when the period ended, on average.
  package var waiting: Int {
    results.reduce(0) { $0 + $1.queues.reduce(0) { $0 + $1.waiting } } / max(1, results.count)
  }

  /// For all jobs together, in milliseconds.
  package var waitP95: Int64 { results.reduce(0) { $0 + $1.waitP95 } / Int64(max(1, results.count)) }

  /// The mean of every figure, by queue.
  package var meanQueues: [QueueResult] {
    guard let first = results.first else { return [] }
    let count = Int64(results.count)
    return first.queues.indices.map { index in
      func mean(_ value: (QueueResult) -> Int64) -> Int64 {
        results.reduce(0) { $0 + value($1.queues[index]) } / count
      }
      var queue = first.queues[index]
      queue.waitMedian = mean(\.waitMedian)
      queue.waitP95 = mean(\.waitP95)
      queue.waitMaximum = mean(\.waitMaximum)
      queue.makespan = mean(\.makespan)
      queue.waiting = Int(mean { Int64($0.waiting) })
      return queue
    }
  }

  /// The mean of every figure, by environment.
  package var meanEnvironments: [EnvironmentResult] {
    guard let first = results.first else { return [] }
    let count = Int64(results.count)
    return first.environments.indices.map { index in
      func mean(_ value: (EnvironmentResult) -> Int64) -> Int64 {
        results.reduce(0) { $0 + value($1.environments[index]) } / count
      }
      var environment = first.environments[index]
      environment.cost = mean(\.cost)
      environment.accounts = environment.accounts.indices.map { account in mean { $0.accounts[account] } }
      environment.instanceMilliseconds = mean(\.instanceMilliseconds)
      environment.instances = Int(mean { Int64($0.instances) })
      environment.reclaims = Int(mean { Int64($0.reclaims) })
      environment.unpricedMilliseconds = mean(\.unpricedMilliseconds)
      environment.reserved = mean(\.reserved)
      environment.offered = mean(\.offered)
      return environment
    }
  }

  /// Nanodollars by `PurchaseOption.rawValue`.
  package var meanByOption: [Int64] {
    guard let first = results.first else { return [] }
    return first.byOption.indices.map { index in
      results.reduce(0) { $0 + $1.byOption[index] } / Int64(results.count)
    }
  }
}

/// How far values lie apart.
package enum Spread {
  /// The standard deviation of a sample (n − 1), rounded; 0 for a single value.
  package static func deviation(_ values: [Int64]) -> Int64 {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
    let sum = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return Int64((sum / Double(values.count - 1)).squareRoot().rounded())
  }
}
