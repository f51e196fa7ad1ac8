import Accounting
import Domain
import Store

/// The ledger's data for several insights, read once and immutable after that.
struct LedgerView: Sendable {
  var resources: ResourceTable
  var attempts: AttemptTable
  var failed: FailedAttempts
  var reruns: ClientReruns
  var queues: [Int64: QueueFacts]
  var postings: PostingScan
  var jobs: JobTable
  var rollups: Rollups
  /// For Spot instances, and for those that the Spot audit compares with Spot.
  var prices: InstancePrices
  var settings: InsightSettings
  /// What to compute.
  var scope = InsightScope.all
  /// For jobs of clients whose attempts were not read.
  var runJobs = StoredRunJobs()

  /// - Parameter connection: in a transaction that has not changed anything yet.
  init(_ connection: Connection, of database: Database, _ settings: InsightSettings) throws {
    self.settings = settings
    let rules = try ClientRule.read(connection)
    let jobsBeside = database.readBeside { try JobTable($0, rules) }
    resources = try ResourceTable(connection)
    attempts = try AttemptTable(connection)
    jobs = try jobsBeside?.value() ?? JobTable(connection, rules)
    queues = try QueueFacts.read(connection)
    reruns = ClientReruns(jobs, queues)
    failed = try FailedAttempts(connection, attempts, reruns, .all)
    postings = try PostingScan(connection, resources, attempts, failed, queues, jobs.identities, .all)
    jobs.addCosts(attempts, postings, runJobs)
    rollups = try Rollups(connection)
    prices = try InstancePrices(connection, for: Self.priced(resources, postings))
  }

  /// For what ran on days that changed; nil if that is much, or if it affects rows outside it.
  init?(changed connection: Connection, _ settings: InsightSettings) throws {
    self.settings = settings
    let tables = try PartTables(connection)
    guard try tables.readChanges() else { return nil }
    let rules = try ClientRule.read(connection)
    try tables.addClientJobs(rules)
    try tables.addJobs(ofDefinitions: ClientRecognition.ownDefinitions(connection, rules))
    jobs = try JobTable(updating: connection, rules)
    let moved = try ChangedIdentities(jobs.identities, connection)
    if moved.isElsewhere { return nil }
    try tables.addDays(ofPosted: moved.jobs)
    queues = try QueueFacts.read(connection)
    reruns = ClientReruns(jobs, queues)
    try tables.tell(ChangedIdentities.linked(reruns, connection))
    try tables.addGPUHosts()
    try tables.addCheckpoints()
    guard try tables.followDays(works: reruns.works) else { return nil }
    let pricedSince = try tables.pricedSince()
    try tables.addPriced(pricedSince)
    let scope = InsightScope.part(try tables.part(pricedSince: pricedSince))
    self.scope = scope
    try jobs.addStored(connection)
    runJobs = try StoredRunJobs(connection)
    resources = try ResourceTable(connection, scope)
    attempts = try AttemptTable(connection, scope)
    failed = try FailedAttempts(connection, attempts, reruns, scope)
    postings = try PostingScan(connection, resources, attempts, failed, queues, jobs.identities, scope)
    jobs.addCosts(attempts, postings, runJobs)
    rollups = try Rollups(connection)
    prices = try InstancePrices(connection, for: Self.priced(resources, postings))
  }

  /// For a database that is read through a lens. Who ran a failed attempt again is not recomputed: the stored rows are
  /// kept.
  ///
  /// - Parameters:
  ///   - resources: all resources of its postings.
  ///   - days: also receives the postings.
  ///   - prices: whether instance prices are needed.
  init(narrowed connection: Connection, _ resources: ResourceTable, _ days: ChosenDays, prices: Bool) throws {
    settings = InsightSettings()
    self.resources = resources
    attempts = try AttemptTable(connection)
    jobs = try JobTable(connection, JobIdentities(stored: connection))
    reruns = ClientReruns()
    failed = try FailedAttempts(connection, attempts, reruns, .all)
    queues = try QueueFacts.read(connection)
    postings = try PostingScan(connection, resources, attempts, failed, queues, jobs.identities, .all, days: days)
    jobs.addCosts(attempts, postings, runJobs)
    if days.rollsUp { try days.writeDailyCost(connection) }
    rollups = try Rollups(connection)
    self.prices = try InstancePrices(connection, for: prices ? Self.priced(resources, postings) : [])
  }
}

extension LedgerView {
  private static func priced(_ resources: ResourceTable, _ postings: PostingScan) -> [ResourceRow] {
    let audited = Set(postings.audited.map(\.resource))
    return resources.rows.filter { $0.isInstance && ($0.isSpot || audited.contains($0.id)) }
  }
}

/// The user's settings for insights.
package struct InsightSettings: Equatable, Sendable {
  /// How the user's own workflow clients are recognised, before the built-in ones.
  package var clients: [WorkflowClient]
  /// Shown in reports beside the forecast.
  package var budgets: [Limit]
  /// The roles of tags.
  package var tags: TagRoles
  /// When jobs make checkpoints.
  package var checkpoints: [CheckpointRule]

  package init(
    clients: [WorkflowClient] = [], budgets: [Limit] = [], tags: TagRoles = TagRoles(),
    checkpoints: [CheckpointRule] = []
  ) {
    (self.clients, self.budgets, self.tags, self.checkpoints) = (clients, budgets, tags, checkpoints)
  }
}
