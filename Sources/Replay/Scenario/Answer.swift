import Domain

/// What a scenario would have cost, compared with what happened. Money is in nanodollars of the days of the period.
package struct Answer: Sendable {
  package let scenario: Scenario
  /// The period, whole UTC days.
  package let days: Range<Day>
  /// What really happened.
  package let actual: ReplayResult
  /// The unchanged environment, replayed with the same freedom as the scenario: where the scenario decides for itself,
  /// so does this, and where it draws types, this draws them from the same past.
  package let asItWas: SeedResults
  /// The scenario, by seed: the same seeds as `asItWas`.
  package let replayed: SeedResults
  /// From the scenario's model, which may have more queues and environments.
  package let queues: [String]
  /// Names of environments that the scenario changes, and of those whose types it draws.
  package let changed, drawn: [String]
  /// How long jobs were taken to run on families on which they never ran.
  package let runTimes: RunTimes

  /// Savings compared with the unchanged environment, seed by seed, so that what both have in common cancels out.
  package var savings: [Int64] { zip(asItWas.results, replayed.results).map { $0.cost - $1.cost } }
  /// The mean of `savings`; negative if the scenario costs more.
  package var saving: Int64 { savings.reduce(0, +) / Int64(max(1, savings.count)) }
  /// Their standard deviation.
  package var savingSpread: Int64 { Spread.deviation(savings) }

  /// Every replay cost the same, and its jobs waited as long.
  package var changesNothing: Bool { savings.allSatisfy { $0 == 0 } && addedWaitP95 == 0 && leftWaiting == 0 }

  /// The savings of the jobs that the answer is narrowed to, seed by seed.
  package var narrowedSavings: [Int64] {
    zip(asItWas.results, replayed.results).map { $0.narrowed.cost - $1.narrowed.cost }
  }

  /// 95 of 100 jobs waited less, in milliseconds: the mean of all seeds.
  package var waitP95: Int64 { replayed.waitP95 }
  /// The same of the unchanged environment.
  package var asItWasWaitP95: Int64 { asItWas.waitP95 }
  /// Negative if they would have waited less.
  package var addedWaitP95: Int64 { waitP95 - asItWasWaitP95 }

  /// Jobs that had not started when the period ended, beyond those of the unchanged environment: the cost lacks theirs.
  package var leftWaiting: Int { max(0, replayed.waiting - asItWas.waiting) }

  /// Nil if the scenario has no deadline.
  package var meetsDeadline: Bool? { scenario.deadline.map { waitP95 <= $0 } }
}

/// Answers scenarios for one period.
package struct Oracle: Sendable {
  package let recollection: Recollection
  package let days: Range<Day>
  /// How many replays an answer is the mean of.
  package let seeds: Int
  private let reclaims: ReclaimFit
  let model: Model
  let trace: Trace
  private let actual: ReplayResult

  /// - Parameters:
  ///   - days: the period to replay.
  package init(_ recollection: Recollection, days: Range<Day>, seeds: Int) {
    self.recollection = recollection
    self.days = days
    self.seeds = seeds
    let history = recollection.history
    // Everything known by the end of the period.
    let known = TimeSpan(history.days.lowerBound.start, days.upperBound.start)
    let fit = recollection.fit(over: known)
    let span = TimeSpan(days.lowerBound.start, days.upperBound.start)
    reclaims = recollection.reclaims(over: span)
    model = recollection.model(fit, following: .decisions, market: span)
    trace = recollection.trace(over: span)
    actual = recollection.actual(days)
  }

  /// The past, replayed with as much freedom as a scenario has.
  ///
  /// - Parameter trace: the jobs as the scenario knows them.
  func asItWas(_ freedom: Freedom, _ trace: Trace, posts: Bool) -> SeedResults {
    var baseline = model
    baseline.free(freedom.changed)
    for index in freedom.drawn { baseline.environments[index].following = .drawn }
    return Seeds.run(trace, baseline, days: days, seeds: seeds, posts: posts)
  }

  /// - Parameter known: `asItWas` with the same freedom, if already replayed.
  package func answer(_ scenario: Scenario, posts: Bool = true, asItWas known: SeedResults? = nil) throws -> Answer {
    let freedom = scenario.freedom(in: model)
    let applied = scenario.applied(to: model, trace, reclaims: reclaims)
    try Infeasible.check(applied.trace, applied.model, recollection.history, scenario: scenario.name)
    if !scenario.moves.isEmpty, applied.model.queues.count == model.queues.count {
      throw NothingMoves(scenario: scenario.name)
    }
    let asItWas = known ?? asItWas(freedom, trace.forgettingResized(in: applied.trace), posts: posts)
    let replayed = Seeds.run(applied.trace, applied.model, days: days, seeds: seeds, posts: posts)
    let unpriced = replayed.unpricedHours - asItWas.unpricedHours
    if unpriced > 0.5 { throw UnpricedScenario(scenario: scenario.name, hours: unpriced) }
    return Answer(
      scenario: scenario, days: days, actual: actual, asItWas: asItWas, replayed: replayed,
      queues: applied.model.queues.map(\.name), changed: names(freedom.changed), drawn: names(freedom.drawn),
      runTimes: runTimes(freedom, applied.model))
  }

  /// From the families where jobs of the changed environments ran to those that may run them.
  private func runTimes(_ freedom: Freedom, _ applied: Model) -> RunTimes {
    let measured = recollection.history.lives.filter { freedom.changed.contains($0.environment) }.map(\.type)
    let types = freedom.changed.flatMap { applied.environments[$0].types }
    return RunTimes(model.speeds, from: Set(measured), to: Set(types))
  }

  func names(_ environments: Set<Int>) -> [String] { environments.sorted().map { model.environments[$0].name } }
}

/// A scenario has no answer for this period.
package protocol Unanswerable: Error, CustomStringConvertible {
  /// In a few words, as a report prints it.
  var reason: String { get }
}

/// Part of what a scenario would run has no price, so its cost would be too low.
package struct UnpricedScenario: Unanswerable, Equatable {
  package var reason: String { "part of it has no price" }
  package var scenario: String
  /// Instance-hours without a price, more than the unchanged environment has; the mean of all seeds.
  package var hours: Double

  package var description: String {
    "\(scenario): \(Int(hours.rounded(.up))) instance-hours of it have no price; collect the prices of its instance types "
      + "and regions first"
  }
}

/// Its jobs would stay where they are.
package struct NothingMoves: Unanswerable, Equatable {
  package var scenario: String
  package var reason: String { "it would move no job" }

  package var description: String {
    "\(scenario): its move takes no job; Fargate has no GPUs and at most 16 vCPUs and 120 GB, multi-node jobs do not move, "
      + "and limits may be too low"
  }
}
