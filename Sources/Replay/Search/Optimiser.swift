import Domain

/// Searches strategies, families, sizes and minimums for the lowest cost at each wait.
package struct Optimiser {
  private let oracle: Oracle
  private let clock = ContinuousClock()

  package init(_ oracle: Oracle) { self.oracle = oracle }

  package struct Point: Sendable {
    package var answer: Answer
    /// No other point costs less at the same wait or a shorter one.
    package var isOnFrontier = false
  }

  /// - Parameters:
  ///   - environments: positions of those that may change.
  ///   - limit: the time after which nothing more is tried.
  /// - Returns: everything that was tried, cheapest first, without what cannot run all jobs.
  package func search(_ environments: [Int], within limit: Duration) -> [Point] {
    let end = clock.now + limit
    var points: [Point] = []
    if let unchanged = try? oracle.answer(Scenario(name: "as it was"), posts: false) {
      points.append(Point(answer: unchanged))
    }
    for candidate in candidates(environments) {
      if clock.now >= end { break }
      if let answer = try? oracle.answer(candidate, posts: false) { points.append(Point(answer: answer)) }
    }
    // The best changes of all environments together.
    if clock.now < end, let together = together(points, environments),
      let answer = try? oracle.answer(together, posts: false)
    {
      points.append(Point(answer: answer))
    }
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
    for strategy in Strategy.allCases where place.kind.isSpot ? strategy.isForSpot : strategy.isForOnDemand {
      add(strategy.rawValue) { $0.strategy = strategy }
    }
    for vcpus in [8, 16, 32] as [Int64] { add("up to \(vcpus) vCPUs") { $0.largestMilliVCPUs = vcpus * 1000 } }
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

  /// Marks the points that no other point beats in both cost and wait.
  static func marked(_ points: [Point]) -> [Point] {
    var least = Int64.max
    let byWait = points.indices.sorted {
      let (a, b) = (points[$0].answer, points[$1].answer)
      return (a.waitP95, a.replayed.meanCost, $0) < (b.waitP95, b.replayed.meanCost, $1)
    }
    var marked = points
    for index in byWait where points[index].answer.replayed.meanCost < least {
      least = points[index].answer.replayed.meanCost
      marked[index].isOnFrontier = true
    }
    return marked.sorted { $0.answer.replayed.meanCost < $1.answer.replayed.meanCost }
  }
}
