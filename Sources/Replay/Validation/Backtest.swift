import Domain

/// How well the model predicts the past: fitted on one period, tested on the next.
package struct Backtest: Sendable {
  /// One environment, or the account. Money is in nanodollars of the tested days.
  package struct Row: Sendable {
    /// An environment; nil for the account.
    package var environment: String?
    /// Nanodollars.
    package var actual: Int64
    /// With the decisions of the past followed; the mean of all seeds.
    package var replayed: Int64
    /// Standard deviation across seeds.
    package var spread: Int64
    /// Time of instances and tasks.
    package var actualMilliseconds: Int64
    package var replayedMilliseconds: Int64
    /// The part of the cost that unused accounts bear.
    package var actualUnused: Int64
    package var replayedUnused: Int64

    /// Without following: only with the rates and choices of the fitted period; the mean of all seeds.
    package var free: Int64
    /// Standard deviation of `free` across seeds.
    package var freeSpread: Int64

    /// `free` minus actual, as a share of the actual; nil if nothing was spent.
    package var freeError: Double? { actual > 0 ? Double(free - actual) / Double(actual) : nil }

    /// Replayed minus actual, as a share of the actual; nil if nothing was spent.
    package var error: Double? { actual > 0 ? Double(replayed - actual) / Double(actual) : nil }
  }

  /// What some jobs' attempts cost among all others; nanodollars.
  package struct Narrowed: Sendable {
    package var actual: Int64
    package var replayed: Int64
    /// Without following, as in `Row`.
    package var free: Int64
    package var freeSpread: Int64

    package var error: Double? { actual > 0 ? Double(replayed - actual) / Double(actual) : nil }
    package var freeError: Double? { actual > 0 ? Double(free - actual) / Double(actual) : nil }
  }

  /// The waits of one queue in milliseconds, from runnable to the first start.
  package struct Wait: Sendable {
    package var queue: String
    /// Those that became runnable in the tested days.
    package var jobs: Int
    package var actualMedian: Int64
    package var replayedMedian: Int64
    package var actualP95: Int64
    package var replayedP95: Int64
  }

  /// Above this, no advice is given unless forced.
  package static let largestError = 0.15
  /// Answers are differences and need few seeds; the mean of so few would be off by chance.
  private static let leastFreeSeeds = 64

  /// Half-open, like `tested`, which it ends before.
  package let fitted: Range<Day>
  package let tested: Range<Day>
  /// Replays behind `replayed`; behind `free` at least 64.
  package let seeds: Int
  /// By environment, then the account.
  package let rows: [Row]
  /// For the jobs that answers are narrowed to; nil if they are not.
  package let narrowed: Narrowed?
  /// By queue; without those that had no jobs.
  package let waits: [Wait]
  /// What was assumed and what was seen in the tested time, the worst first.
  package let assumptions: [Assumption]

  /// What the answer to a scenario that changes these environments rests on: the largest error of the model without
  /// following, for the account, for each of them and for the jobs it is narrowed to, as an unsigned share. Nil if
  /// nothing was spent.
  package func error(changing environments: [String]) -> Double? {
    let concerned = rows.filter { row in row.environment.map(environments.contains) ?? true }
    return (concerned.map(\.freeError) + [narrowed?.freeError]).compactMap { $0.map(abs) }.max()
  }

  /// Whether such a scenario may be given as advice.
  package func isGoodEnough(changing environments: [String]) -> Bool {
    (error(changing: environments) ?? 0) <= Self.largestError
  }
  /// Assumptions that proved wrong, the worst first.
  package var refuted: [Assumption] { assumptions.filter(\.isRefuted) }

  /// - Parameters:
  ///   - tested: the days to replay; delays and rates are fitted on the days before.
  package init(_ recollection: Recollection, tested: Range<Day>, seeds: Int) throws {
    let history = recollection.history
    let fittedDays = history.days.lowerBound..<tested.lowerBound
    let fit = recollection.fit(over: TimeSpan(fittedDays.lowerBound.start, fittedDays.upperBound.start))
    try self.init(recollection, fit: fit, fitted: fittedDays, tested: tested, seeds: seeds)
  }

  init(_ recollection: Recollection, fit: Fit, fitted: Range<Day>, tested: Range<Day>, seeds: Int) throws {
    self.fitted = fitted
    self.tested = tested
    self.seeds = seeds
    let span = TimeSpan(tested.lowerBound.start, tested.upperBound.start)
    let trace = recollection.trace(over: span)
    let actual = recollection.actual(tested)
    let results = Seeds.run(
      trace, recollection.model(fit, following: .decisions, market: span), days: tested, seeds: seeds)
    let free = Seeds.run(
      trace, recollection.model(fit, following: .market, market: span), days: tested,
      seeds: max(seeds, Self.leastFreeSeeds))
    rows = Self.rows(actual, results, free)
    narrowed = recollection.history.narrowing.map { _ in
      Narrowed(
        actual: actual.narrowed.cost, replayed: results.meanNarrowed.cost, free: free.meanNarrowed.cost,
        freeSpread: Spread.deviation(free.results.map(\.narrowed.cost)))
    }
    waits = zip(actual.queues, results.meanQueues).filter { $0.0.jobs > 0 }.map {
      Wait(
        queue: $0.name, jobs: $0.jobs, actualMedian: $0.waitMedian, replayedMedian: $1.waitMedian,
        actualP95: $0.waitP95, replayedP95: $1.waitP95)
    }
    assumptions = Assumption.all(fit, recollection.fit(over: span), recollection.history)
  }

  private static func rows(_ actual: ReplayResult, _ results: SeedResults, _ free: SeedResults) -> [Row] {
    func row(
      _ name: String?, _ actual: [EnvironmentResult], _ replayed: [[EnvironmentResult]], _ free: [[EnvironmentResult]]
    ) -> Row {
      func sum(_ results: [EnvironmentResult], _ value: (EnvironmentResult) -> Int64) -> Int64 {
        results.reduce(0) { $0 + value($1) }
      }
      func mean(_ value: (EnvironmentResult) -> Int64) -> Int64 {
        replayed.reduce(0) { $0 + sum($1, value) } / Int64(max(1, replayed.count))
      }
      func unused(_ result: EnvironmentResult) -> Int64 {
        Account.unused.reduce(0) { $0 + result.accounts[$1.rawValue] }
      }
      return Row(
        environment: name, actual: sum(actual) { $0.cost }, replayed: mean { $0.cost },
        spread: Spread.deviation(replayed.map { sum($0) { $0.cost } }),
        actualMilliseconds: sum(actual) { $0.instanceMilliseconds },
        replayedMilliseconds: mean { $0.instanceMilliseconds }, actualUnused: sum(actual, unused),
        replayedUnused: mean(unused),
        free: free.reduce(0) { $0 + sum($1) { $0.cost } } / Int64(max(1, free.count)),
        freeSpread: Spread.deviation(free.map { sum($0) { $0.cost } }))
    }
    let each = actual.environments.indices.map { index in
      row(
        actual.environments[index].name, [actual.environments[index]],
        results.results.map { [$0.environments[index]] }, free.results.map { [$0.environments[index]] })
    }
    return each + [row(nil, actual.environments, results.results.map(\.environments), free.results.map(\.environments))]
  }
}
