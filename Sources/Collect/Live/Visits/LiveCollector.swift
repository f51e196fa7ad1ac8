import AWS
import Domain
import Store

/// Collects live accounts into a database.
///
/// ```swift
/// let client = try AWSSession(environment: .process).client(region: "eu-west-1")
/// let collector = LiveCollector(database: database, settings: LiveSettings(asOf: now))
/// let (outcomes, summary) = try await collector.collect([LiveTarget(client: client)])
/// ```
///
/// A later run asks only for what is new or not final. Each answer is written separately, so after an interrupted run
/// the next one can continue.
package struct LiveCollector: Sendable {
  /// Apply to all targets.
  package var settings: LiveSettings
  /// Called with the place and the current activity there.
  package var progress: @Sendable (_ target: String, _ text: String) -> Void = { _, _ in }

  private let database: Database

  package init(database: Database, settings: LiveSettings) {
    self.database = database
    self.settings = settings
  }

  /// Collects from all targets in parallel; a failure at one of them does not stop the others.
  ///
  /// - Returns: an outcome for each target, in the same order.
  /// - Throws: `StoreError` if the database fails, `CancellationError` if it was stopped.
  package func collect(
    _ targets: [LiveTarget]
  ) async throws -> (outcomes: [LiveOutcome], summary: CollectionSummary) {
    let writer = try LiveWriter(database, isRehearsal: settings.rehearsal != nil)
    let outcomes = try await withThrowingTaskGroup(of: (Int, LiveOutcome).self) { group in
      for (index, target) in targets.enumerated() {
        group.addTask { (index, try await collect(target, writer)) }
      }
      var outcomes: [Int: LiveOutcome] = [:]
      for try await (index, outcome) in group { outcomes[index] = outcome }
      return targets.indices.compactMap { outcomes[$0] }
    }
    try await writer.finish(asOf: settings.asOf)
    return (outcomes, await writer.summary)
  }

  private func collect(_ target: LiveTarget, _ writer: LiveWriter) async throws -> LiveOutcome {
    var outcome = LiveOutcome(target: target.name)
    do {
      let identity = try await target.client.callerIdentity()
      let place = AccountRegion(account: identity.account, region: target.client.region)
      let client = settings.rehearsal.map(target.client.rehearsing) ?? target.client
      var visit = LiveVisit(
        client: client, place: place, writer: writer, asOf: settings.asOf, since: settings.since,
        events: target.events,
        progress: { progress(target.name, $0) })
      outcome.place = place
      try await writer.begin(place, at: settings.asOf)
      for source in Self.sources where settings.includes(source.name) {
        progress(target.name, source.name)
        try await collect(source, visit, &outcome)
        visit.isPartial = !outcome.failures.isEmpty || !outcome.unreadable.isEmpty
      }
    } catch let error as AWSError {
      if error.kind == .cancelled { throw CancellationError() }
      outcome.failures.append(error)
    }
    if let place = outcome.place { outcome.scanned = await writer.scans[place] ?? LogScan() }
    outcome.losses = await writer.findings.filter { $0.place == outcome.place && $0.isLoss }.map(\.message)
    progress(target.name, outcome.isComplete ? "done" : "failed")
    return outcome
  }

  private func collect(_ source: any LiveSource, _ visit: LiveVisit, _ outcome: inout LiveOutcome) async throws {
    func add(_ check: LiveFinding.Check, _ message: String) async throws {
      try await visit.writer.add(
        LiveFinding(check: check, place: visit.place, source: source.name, message: message))
    }
    do {
      try await source.collect(visit)
    } catch let error as AWSError {
      switch error.kind {
      case .cancelled: throw CancellationError()
      case .permissionDenied(let action):
        outcome.denied.append(LiveOutcome.Denied(source: source.name, action: action, absence: source.absence))
        try await add(.missingPermission, "\(action) is not allowed: \(source.absence)")
      case .credentials, .configuration: throw error
      default:
        outcome.failures.append(error)
        try await add(.sourceFailed, "\(error.description): \(source.absence)")
      }
    } catch let error as CollectionError {
      outcome.unreadable.append(error)
      try await add(.sourceFailed, "\(error.description): \(source.absence)")
    }
  }
}
