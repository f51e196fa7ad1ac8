import Domain

/// A cost, and what replays made of it; nanodollars.
package protocol ReplayedCost {
  var actual: Int64 { get }
  var replayed: Int64 { get }
  var free: Guesses { get }
  var drawn: Guesses { get }
}

extension ReplayedCost {
  /// Replayed minus actual, as a share of the actual; nil if nothing was spent.
  package var error: Double? { actual > 0 ? Double(replayed - actual) / Double(actual) : nil }
  /// The same of `free`, whose mean is taken.
  package var freeError: Double? { free.error(actual) }
  /// The same of `drawn`.
  package var drawnError: Double? { drawn.error(actual) }
}

/// How well the model predicts the past: fitted on one period, tested on the next.
package struct Backtest: Sendable {
  /// One environment, or the account. Money is in nanodollars of the tested days.
  package struct Row: ReplayedCost, Sendable {
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

    /// Without following: only with the rates and choices of the fitted period.
    package var free: Guesses
    /// As `free`, but without knowing which instance a launch got: types are drawn.
    package var drawn: Guesses

    /// In the past or in the replay. Where all is billed in another currency, nothing did.
    package var ran: Bool { actualMilliseconds > 0 || replayedMilliseconds > 0 }
  }

  /// What some jobs' attempts cost among all others; nanodollars.
  package struct Narrowed: ReplayedCost, Sendable {
    package var actual: Int64
    package var replayed: Int64
    /// Without following, as in `Row`.
    package var free: Guesses
    package var drawn: Guesses
  }

  /// The waits of one queue in milliseconds, from runnable to the first start.
  package struct Wait: Sendable {
    package var queue: String
    /// Those that became runnable in the tested days.
    package var jobs: Int
    /// What half of the jobs really waited at most.
    package var actualMedian: Int64
    package var replayedMedian: Int64
    /// What 95 in 100 really waited at most.
    package var actualP95: Int64
    package var replayedP95: Int64
  }

  /// Answers are differences and need few seeds; the mean of so few would be off by chance.
  private static let leastFreeSeeds = 64

  /// Half-open, like `tested`, which it ends before.
  package let fitted: Range<Day>
  /// Half-open: the days that were replayed and compared.
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

  /// What the answer to a scenario rests on: the model's errors when it is left as much as the scenario leaves it, for
  /// the account, for each environment that changes, and for the jobs that it is narrowed to.
  ///
  /// - Parameters:
  ///   - environments: those that the scenario changes.
  ///   - drawn: those of them whose types it draws.
  package func trust(changing environments: [String] = [], drawing drawn: [String] = []) -> Trust {
    var trust = Self.trust(rows, changing: environments, drawing: drawn)
    if let narrowed { trust.add(drawn.isEmpty ? narrowed.free : narrowed.drawn, narrowed.actual) }
    return trust
  }

  package func trust(in answer: Answer) -> Trust { trust(changing: answer.changed, drawing: answer.drawn) }

  /// - Parameter rows: environments, and the account, which is added up from them.
  static func trust(_ rows: [Row], changing environments: [String], drawing drawn: [String]) -> Trust {
    let places = rows.compactMap { row in
      row.environment.map { (name: $0, actual: row.actual, guesses: drawn.contains($0) ? row.drawn : row.free) }
    }
    var trust = Trust()
    for place in places where environments.contains(place.name) { trust.add(place.guesses, place.actual) }
    if let first = places.first {
      trust.add(
        places.dropFirst().reduce(first.guesses) { $0 + $1.guesses }, places.reduce(0) { $0 + $1.actual })
    }
    return trust
  }

  /// Assumptions that proved wrong, the worst first.
  package var refuted: [Assumption] { assumptions.filter(\.isRefuted) }

  /// - Parameters:
  ///   - tested: the days to replay; delays and rates are fitted on the days before.
  package init(_ recollection: Recollection, tested: Range<Day>, seeds: Int) {
    let history = recollection.history
    let fittedDays = history.days.lowerBound..<tested.lowerBound
    let fit = recollection.fit(over: TimeSpan(fittedDays.lowerBound.start, fittedDays.upperBound.start))
    self.init(recollection, fit: fit, fitted: fittedDays, tested: tested, seeds: seeds)
  }

  init(_ recollection: Recollection, fit: Fit, fitted: Range<Day>, tested: Range<Day>, seeds: Int) {
    self.fitted = fitted
    self.tested = tested
    self.seeds = seeds
    let span = TimeSpan(tested.lowerBound.start, tested.upperBound.start)
    let trace = recollection.trace(over: span)
    let actual = recollection.actual(tested)
    let model = recollection.model(fit, following: .decisions, market: span)
    let results = Seeds.run(trace, model, days: tested, seeds: seeds)
    func freely(_ following: Following) -> SeedResults {
      var free = model
      for index in free.environments.indices { free.environments[index].following = following }
      return Seeds.run(trace, free, days: tested, seeds: max(seeds, Self.leastFreeSeeds))
    }
    let (free, drawn) = (freely(.market), freely(.drawn))
    rows = Self.rows(actual, results, free, drawn)
    narrowed = recollection.history.narrowing.map { _ in
      Narrowed(
        actual: actual.narrowed.cost, replayed: results.meanNarrowed.cost,
        free: Guesses(free.results.map(\.narrowed.cost)), drawn: Guesses(drawn.results.map(\.narrowed.cost)))
    }
    waits = zip(actual.queues, results.meanQueues).filter { $0.0.jobs > 0 }.map {
      Wait(
        queue: $0.name, jobs: $0.jobs, actualMedian: $0.waitMedian, replayedMedian: $1.waitMedian,
        actualP95: $0.waitP95, replayedP95: $1.waitP95)
    }
    assumptions = Assumption.all(fit, recollection.fit(over: span), recollection.history)
  }

  private static func rows(
    _ actual: ReplayResult, _ results: SeedResults, _ free: SeedResults, _ drawn: SeedResults
  ) -> [Row] {
    func row(_ name: String?, _ part: (ReplayResult) -> [EnvironmentResult]) -> Row {
      func sum(_ result: ReplayResult, _ value: (EnvironmentResult) -> Int64) -> Int64 {
        part(result).reduce(0) { $0 + value($1) }
      }
      func mean(_ results: SeedResults, _ value: (EnvironmentResult) -> Int64) -> Int64 {
        results.results.reduce(0) { $0 + sum($1, value) } / Int64(max(1, results.results.count))
      }
      func guesses(_ results: SeedResults) -> Guesses { Guesses(results.results.map { sum($0, \.cost) }) }
      func unused(_ result: EnvironmentResult) -> Int64 {
        Account.unused.reduce(0) { $0 + result.accounts[$1.rawValue] }
      }
      return Row(
        environment: name, actual: sum(actual, \.cost), replayed: mean(results, \.cost),
        spread: guesses(results).spread,
        actualMilliseconds: sum(actual, \.instanceMilliseconds),
        replayedMilliseconds: mean(results, \.instanceMilliseconds), actualUnused: sum(actual, unused),
        replayedUnused: mean(results, unused), free: guesses(free), drawn: guesses(drawn))
    }
    return actual.environments.indices.map { index in row(actual.environments[index].name) { [$0.environments[index]] }
    }
      + [row(nil, \.environments)]
  }
}
