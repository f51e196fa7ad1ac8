/// Jobs that a scenario cannot run at all: no type in their environments fits them.
package struct Infeasible: Unanswerable, Equatable {
  /// Jobs of one definition, queue and request.
  package struct Kind: Sendable, Equatable {
    package var definition: String
    package var queue: String
    package var need: Need
    /// How many there are.
    package var jobs: Int
  }

  package var scenario: String
  package var reason: String { "some jobs would not fit" }
  /// The most frequent first.
  package var kinds: [Kind]

  package var description: String {
    let named = kinds.prefix(5).map {
      "\($0.jobs) job\($0.jobs == 1 ? "" : "s") of \($0.definition) in \($0.queue), which "
        + "need\($0.jobs == 1 ? "s" : "") \($0.need.words)"
    }
    let more = kinds.count > 5 ? ", and \(kinds.count - 5) more kinds" : ""
    return "\(scenario): no instance type of its environments holds \(named.joined(separator: "; "))\(more)"
  }

  /// - Throws: itself if there is such a job.
  static func check(_ trace: Trace, _ model: Model, _ history: History, scenario: String) throws {
    var found: [Key: Int] = [:]
    var known: [Key: Bool] = [:]
    for job in trace.jobs where job.ready != .max {
      let key = Key(definition: job.definition, queue: job.queue, need: job.need)
      let holds =
        known[key]
        ?? model.queues[Int(job.queue)].environments.contains { environment in
          let place = model.environments[environment]
          return place.kind.isFargate
            ? FargateTask.size(holding: job.need) != nil
            : place.types.contains { job.need.fits(model.shapes[$0].room) }
        }
      known[key] = holds
      if !holds { found[key, default: 0] += 1 }
    }
    if found.isEmpty { return }
    throw Infeasible(
      scenario: scenario,
      kinds: found.map { key, jobs in
        Kind(
          definition: history.definitions[key.definition] ?? "an unknown definition",
          queue: model.queues[Int(key.queue)].name, need: key.need, jobs: jobs)
      }.sorted { ($0.jobs, $1.definition) > ($1.jobs, $0.definition) })
  }

  private struct Key: Hashable {
    var definition: Int32
    var queue: Int32
    var need: Need
  }
}
