import Domain

/// What should differ from what happened, and nothing else.
package struct Scenario: Sendable {
  package var name: String
  package var environments: [EnvironmentChange] = []
  /// Other requests of jobs.
  package var sizes: [SizeChange] = []
  /// Jobs that go to another environment.
  package var moves: [Move] = []
  package var queues: [QueueChange] = []
  /// The longest p95 wait that is acceptable, in milliseconds.
  package var deadline: Int64?

  package init(name: String) { self.name = name }

  /// Changes of one environment. What is nil or empty stays as it was.
  package struct EnvironmentChange: Sendable {
    /// Position in `Model.environments`.
    package var environment: Int
    /// Another purchase option, or Fargate.
    package var kind: Environment.Kind?
    /// Instead of the environment's own.
    package var types: [Int]?
    /// In front of the environment's own.
    package var addedTypes: [Int] = []
    /// Larger types are only for jobs that fit no smaller one.
    package var largestMilliVCPUs: Int64?
    /// Another `allocationStrategy`.
    package var strategy: Strategy?
    /// Another `minvCpus`.
    package var minimumMilliVCPUs: Int64?
    /// Another `maxvCpus`.
    package var maximumMilliVCPUs: Int64?
    /// In milliseconds.
    package var scaleDownDelay: Int64?
    /// Of a Spot environment's instances, 0 to 1.
    package var onDemandShare: Double?
    /// All of its prices are multiplied by this.
    package var priceFactor: Double?
    /// Prices are those of this region.
    package var region: String?
    /// How much longer jobs run, by type.
    package var slowdown: [Int: Double] = [:]

    package init(environment: Int) { self.environment = environment }

    /// Whether history no longer tells which instance a launch gives.
    func isDrawn(_ place: Environment) -> Bool {
      kind != nil || largestMilliVCPUs != nil || strategy ?? place.strategy != place.strategy || changesTypes
    }

    var changesTypes: Bool { types != nil || !addedTypes.isEmpty }
  }

  /// Another request for jobs of some definitions. What is nil stays as it was.
  package struct SizeChange: Sendable {
    /// Rows of `job_definition`.
    package var definitions: Set<Int32>
    package var milliVCPUs: Int32?
    package var memoryMiB: Int32?
    /// Jobs that request less keep their request.
    package var onlyShrinks = false
  }

  /// Jobs that move to an environment of their own.
  package struct Move: Sendable {
    /// Position in `Model.queues`; nil for all.
    package var queue: Int?
    package var kind: Environment.Kind
    /// Only jobs whose runs are all shorter, in milliseconds.
    package var shorterThan: Int64?
    /// Only jobs that request no more; nil: all.
    package var largest: Need?
  }

  /// Changes of one queue.
  package struct QueueChange: Sendable {
    /// Position in `Model.queues`.
    package var queue: Int
    /// Positions in `Model.environments`, in the queue's new order; nil: as it was.
    package var environments: [Int]?
    /// Jobs that lost their host try the first environment again.
    package var retriesInOrder: Bool
  }

  /// Whether it changes nothing.
  package var isEmpty: Bool { environments.isEmpty && sizes.isEmpty && moves.isEmpty && queues.isEmpty }

  /// Environments that behave differently, by position in the unchanged model.
  package func changed(in model: Model) -> Set<Int> {
    var changed = Set(environments.map(\.environment))
    for move in moves {
      for (index, queue) in model.queues.enumerated() where move.queue ?? index == index {
        changed.formUnion(queue.environments)
      }
    }
    for change in queues {
      changed.formUnion(model.queues[change.queue].environments)
      changed.formUnion(change.environments ?? [])
    }
    if !sizes.isEmpty { changed.formUnion(model.environments.indices) }
    return changed
  }
}

/// What a scenario leaves to the model, by position in the unchanged one. The past is replayed with the same freedom
/// beside it, so that what the model gets wrong is wrong in both.
package struct Freedom: Hashable, Sendable {
  /// Environments that behave differently.
  package var changed: Set<Int>
  /// Of these, the ones whose launches no longer get what history gave them: their types are drawn.
  package var drawn: Set<Int>
}

extension Scenario {
  package func freedom(in model: Model) -> Freedom {
    let drawn = environments.filter { $0.isDrawn(model.environments[$0.environment]) }.map(\.environment)
    return Freedom(changed: changed(in: model), drawn: Set(drawn))
  }
}
