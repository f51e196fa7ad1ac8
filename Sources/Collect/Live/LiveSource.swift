import AWS

/// One thing to ask AWS for: which operations it takes, and what the numbers lack without it.
///
/// A source finds out from the database what is new or not yet final and asks for no more. It may be stopped at any
/// moment: what it has written stands, and the next run asks for the rest.
protocol LiveSource: Sendable {
  /// What `--source` calls it.
  var name: String { get }
  var operations: [Operation] { get }
  /// What will be missing from the numbers where it may not be asked, as an end of a sentence.
  var absence: String { get }

  /// What an IAM policy must allow for it.
  /// - Parameter events: where the events are that are to be read.
  func grants(_ events: [EventPlace]) -> [LiveGrant]

  func collect(_ visit: LiveVisit) async throws
}

extension LiveCollector {
  /// In the order in which they are asked: each builds on what the ones before it found.
  static let sources: [any LiveSource] = [
    LiveInventory(), LiveSchedulingPolicies(), LiveEvents(), LiveJobs(), LiveServiceJobs(), LiveTrainingJobs(),
    LiveContainerInstances(), LiveTasks(), LiveTrail(), LiveInstances(), LiveInstanceTypes(), LiveReservations(),
    LiveVolumes(), LiveSpotPrices(), LivePriceList(), LiveGraviton(), LiveUsage(), LiveTaskMetrics(), LiveGPUs(),
  ]

  /// Stands in for AWS where nobody is to be asked.
  package static func rehearsal() -> Rehearsal { Rehearsal(answers: LiveUsage.emptyAnswers) }

  /// What `--source` takes.
  package static var sourceNames: [String] { sources.map(\.name) }

  /// What the numbers lack without each source, as an end of a sentence.
  package static var absences: [(name: String, absence: String)] { sources.map { ($0.name, $0.absence) } }

  /// The least that an IAM policy must allow, by source.
  package static func grants(events: [EventPlace]) -> [(source: String, grants: [LiveGrant])] {
    sources.map { ($0.name, $0.grants(events)) }
  }
}

extension LiveSource {
  // Most list and describe operations know no resources.
  func grants(_ events: [EventPlace]) -> [LiveGrant] { [LiveGrant(operations, on: ["*"])] }
}
