import Domain

/// Replays a trace through a model.
package enum Replay {
  /// One replay with one seed: the same answer whatever else is computed in parallel.
  ///
  /// - Parameters:
  ///   - posts: whether cost is divided by account too.
  package static func run(
    _ trace: Trace, _ model: Model, seed: UInt64, days: Range<Day>, posts: Bool = true
  ) -> ReplayResult {
    var simulation = Simulation(trace, model, seed: seed)
    simulation.run()
    var settlement = Settlement(trace, model, days: days)
    return settlement.result(of: simulation, posts: posts)
  }
}
