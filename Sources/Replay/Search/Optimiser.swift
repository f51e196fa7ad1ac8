import Domain

/// Searches strategies, families, sizes and minimums for the lowest cost at each wait.
package struct Optimiser {
  private let oracle: Oracle
  private let clock = ContinuousClock()

  package init(_ oracle: Oracle) { self.oracle = oracle }

  /// A scenario that was tried.
  package struct Point: Sendable {
    package var answer: Answer
    /// No other saves more at the same wait or less.
    package var isOnFrontier = false
  }

  /// - Parameters:
  ///   - environments: positions of those that may change.
  ///   - limit: after this, nothing more is tried.
  ///   - backtest: leaves out scenarios that the model is not good enough for.
  /// - Returns: what was tried, the largest saving first, without scenarios that cannot run all jobs or that equal
  ///   another.
  package func search(_ environments: [Int], within limit: Duration, trusting backtest: Backtest? = nil) -> [Point] {
    let end = clock.now + limit
    var points: [Point] = []
    var baselines: [Freedom: SeedResults] = [:]

    func attempt(_ scenario: Scenario) {
      let freedom = scenario.freedom(in: oracle.model)
      let (changed, drawn) = (oracle.names(freedom.changed), oracle.names(freedom.drawn))
      if let backtest, !backtest.trust(changing: changed, drawing: drawn).isEnough { return }
      let asItWas = baselines[freedom] ?? oracle.asItWas(freedom, oracle.trace, posts: false)
      baselines[freedom] = asItWas
      guard let answer = try? oracle.answer(scenario, posts: false, asItWas: asItWas) else { return }
      // Work that is not done costs nothing.
      if answer.leftWaiting > 0 { return }
      // It has no effect.
      if !freedom.changed.isEmpty, answer.replayed.results == asItWas.results { return }
      let isKnown = points.contains {
        $0.answer.changed == answer.changed && $0.answer.replayed.results == answer.replayed.results
      }
      if !isKnown { points.append(Point(answer: answer)) }
    }

    attempt(Scenario(name: "as it was"))
    for candidate in candidates(environments) {
      if clock.now >= end { break }
      attempt(candidate)
    }
    // The best change of each environment together.
    if clock.now < end, let together = together(points, environments) { attempt(together) }
    return Self.marked(points)
  }

  /// One change of one environment each, the most expensive environment first, kinds of change in turn.
  private func candidates(_ environments: [Int]) -> [Scenario] {
    let history = oracle.recollection.history
    let costs = oracle.recollection.actual(oracle.days).environments.map(\.cost)
    let each = environments.sorted { costs[$0] > costs[$1] }.map { index in changes(index, history) }
    let most = each.map(\.count).max() ?? 0
    return (0..<most).flatMap { place in each.compactMap { $0.indices.contains(place) ? $0[place] : nil } }
  }

  private func changes(_ index: Int, _ history: History) -> [Scenario] {
    let place = history.environments[index]
    if place.kind.isFargate { return [] }
    var changes: [Scenario] = []
    func add(_ words: String, _ body: (inout Scenario.EnvironmentChange) -> Void) {
      var change = Scenario.EnvironmentChange(environment: index)
      body(&change)
      var scenario = Scenario(name: "\(place.name): \(words)")
      scenario.environments = [change]
      changes.append(scenario)
    }
    for strategy in Strategy.allCases
    where strategy != place.strategy && (place.kind.isSpot ? strategy.isForSpot : strategy.isForOnDemand) {
      add(strategy.rawValue) { $0.strategy = strategy }
    }
    let largest = place.types.map { history.shapes[$0].nominal.milliVCPUs }.max() ?? 0
    for vcpus in [8, 16, 32] as [Int64] where vcpus * 1000 < largest {
      add("up to \(vcpus) vCPUs") { $0.largestMilliVCPUs = vcpus * 1000 }
    }
    let names = TypeNames(history.shapes)
    let hasGPUs = place.types.contains { history.shapes[$0].nominal.gpus > 0 }
    let families = Set(history.shapes.compactMap { InstanceFamily(ofType: $0.name)?.name }).sorted()
    for family in families where !hasGPUs {
      let types = names.positions(family).filter {
        history.isPriced($0) && history.shapes[$0].nominal.gpus == 0 && history.shapes[$0].architecture != "arm64"
      }
      if !types.isEmpty {
        add("\(family) first") {
          $0.addedTypes = types
          $0.strategy = place.kind.isSpot ? .spotPriceCapacityOptimized : .bestFitProgressive
        }
      }
    }
    if !place.kind.isSpot { add("Spot") { $0.kind = .spot } }
    if place.minimumMilliVCPUs > 0 { add("no minimum") { $0.minimumMilliVCPUs = 0 } }
    for minimum in [16, 64] as [Int64] { add("at least \(minimum) vCPUs") { $0.minimumMilliVCPUs = minimum * 1000 } }
    if place.scaleDownDelay > 0 { add("no scale-down delay") { $0.scaleDownDelay = 0 } }
    return changes
  }

  private func together(_ points: [Point], _ environments: [Int]) -> Scenario? {
    var scenario = Scenario(name: "the best of each")
    for index in environments {
      let own = points.filter { $0.answer.scenario.environments.map(\.environment) == [index] }
      guard let best = own.max(by: { $0.answer.saving < $1.answer.saving }), best.answer.saving > 0 else { continue }
      scenario.environments += best.answer.scenario.environments
    }
    return scenario.environments.count > 1 ? scenario : nil
  }

  /// Marks the points that no other beats in both saving and added wait. Both are relative to the unchanged
  /// environment, replayed with the same freedom: the costs of scenarios that change different environments are not
  /// comparable.
  static func marked(_ points: [Point]) -> [Point] {
    var most = Int64.min
    let byWait = points.indices.sorted {
      let (a, b) = (points[$0].answer, points[$1].answer)
      return (a.addedWaitP95, -a.saving, $0) < (b.addedWaitP95, -b.saving, $1)
    }
    var marked = points
    for index in byWait where points[index].answer.saving > most {
      most = points[index].answer.saving
      marked[index].isOnFrontier = true
    }
    return marked.sorted { $0.answer.saving > $1.answer.saving }
  }
}
