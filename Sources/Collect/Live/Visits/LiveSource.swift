import AWS

/// One kind of data to request from AWS: the operations it needs, and what the numbers lack without it.
///
/// A source determines from the database what is new or not final, and requests only that. It may be stopped at any
/// moment: what it has written stays, and the next run requests the rest.
protocol LiveSource: Sendable {
  /// Its name for `--source`.
  var name: String { get }
  var operations: [Operation] { get }
  /// What will be missing from the numbers without it, as the end of a sentence.
  var absence: String { get }

  /// What an IAM policy must allow for it.
  /// - Parameter events: where events are read from.
  func grants(_ events: [EventPlace]) -> [LiveGrant]

  func collect(_ visit: LiveVisit) async throws
}

extension LiveCollector {
  /// In the order in which they run: each builds on the results of earlier ones.
  static let sources: [any LiveSource] = [
    LiveInventory(), LiveSchedulingPolicies(), LiveEvents(), LiveJobs(), LiveServiceJobs(), LiveTrainingJobs(),
    LiveContainerInstances(), LiveTasks(), LiveTrail(), LiveInstances(), LiveInstanceTypes(), LiveReservations(),
    LiveVolumes(), LiveSpotPrices(), LivePriceList(), LiveGraviton(), LiveUsage(), LiveTaskMetrics(), LiveGPUs(),
  ]

  /// Takes the place of AWS when no calls should be sent.
  package static func rehearsal() -> Rehearsal { Rehearsal(answers: LiveUsage.emptyAnswers) }

  /// The names that `--source` accepts.
  package static var sourceNames: [String] { sources.map(\.name) }

  /// What the numbers lack without each source, as the end of a sentence.
  package static var absences: [(name: String, absence: String)] { sources.map { ($0.name, $0.absence) } }

  /// The minimum that an IAM policy must allow, by source.
  package static func grants(events: [EventPlace]) -> [(source: String, grants: [LiveGrant])] {
    sources.map { ($0.name, $0.grants(events)) }
  }
}

extension LiveSource {
  // Most list and describe operations do not support resources.
  func grants(_ events: [EventPlace]) -> [LiveGrant] { [LiveGrant(operations, on: ["*"])] }
}
