import Accounting
import Domain
import Store

/// The ledger's data for several insights. What belongs to single jobs is read once, block by block, see `JobBlock`.
struct LedgerView: Sendable {
  var resources: ResourceTable
  var reruns: ClientReruns
  var queues: [Int64: QueueFacts]
  var jobs: JobTable
  var rollups: Rollups
  /// For Spot instances, and for those that the Spot audit compares with Spot.
  var prices: InstancePrices
  var settings: InsightSettings
  /// What to compute.
  var scope = InsightScope.all
  let division: JobDivision
  let attempts: Spool<AttemptTable.Attempt>
  let postings: PostingScan
  /// Complete once all blocks were read.
  private(set) var runJobs: RunJobs

  /// - Parameter connection: in a transaction that has not changed anything yet.
  init(
    _ connection: Connection, of database: Database, _ settings: InsightSettings, _ division: JobDivision
  ) throws {
    (self.settings, self.division) = (settings, division)
    let rules = try ClientRule.read(connection)
    let jobsBeside = database.readBeside { try JobTable($0, rules, division) }
    resources = try ResourceTable(connection)
    postings = try PostingScan(connection, resources, division, scope)
    attempts = try Self.attempts(connection, division, scope)
    queues = try QueueFacts.read(connection)
    rollups = try Rollups(connection)
    prices = try InstancePrices(connection, for: Self.compared(resources, queues))
    jobs = try jobsBeside?.value() ?? JobTable(connection, rules, division)
    reruns = ClientReruns(jobs, queues)
    jobs.forgetClients()
    runJobs = RunJobs()
  }

  /// For what ran on days that changed; nil if that is much, or if it affects rows outside it.
  init?(changed connection: Connection, _ settings: InsightSettings) throws {
    self.settings = settings
    division = .whole
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
    jobs.forgetClients()
    try tables.tell(ChangedIdentities.linked(reruns, connection))
    try tables.addGPUHosts()
    try tables.addCheckpoints()
    guard try tables.followDays(works: reruns.works) else { return nil }
    let pricedSince = try tables.pricedSince()
    try tables.addPriced(pricedSince)
    let scope = InsightScope.part(try tables.part(pricedSince: pricedSince))
    self.scope = scope
    try jobs.addStored(connection)
    runJobs = try RunJobs(storedIn: connection)
    resources = try ResourceTable(connection, scope)
    postings = try PostingScan(connection, resources, division, scope)
    attempts = try Self.attempts(connection, division, scope)
    rollups = try Rollups(connection)
    prices = try InstancePrices(connection, for: Self.compared(resources, queues))
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
    division = .whole
    self.resources = resources
    jobs = try JobTable(connection, JobIdentities(stored: connection))
    runJobs = RunJobs()
    reruns = ClientReruns()
    queues = try QueueFacts.read(connection)
    let attempts = try Self.attempts(connection, division, scope)
    let table = AttemptTable(try attempts.take(0))
    postings = try PostingScan(connection, resources, division, scope) { days.add($0, table) }
    for position in 0..<table.count { try attempts.append(table[position], to: 0) }
    self.attempts = attempts
    if days.rollsUp { try days.writeDailyCost(connection) }
    rollups = try Rollups(connection)
    let compared = prices ? Array(Self.compared(resources, queues)) : []
    self.prices = try InstancePrices(connection, for: compared)
  }

  /// Hands out all jobs, block by block, in the order of their ids; once. A block is read on another core while the one
  /// before it is used, unless only this connection sees what is read.
  mutating func readBlocks(
    _ connection: Connection, _ database: Database, _ visit: (JobBlock) throws -> Void
  ) throws {
    let count = max(jobs.ended.groupCount, attempts.groupCount, postings.ofAttempts.groupCount, unfinishedBlocks)
    let view = self
    try SideReading.each(
      count,
      begin: { number in view.scope.isPart ? nil : database.readBeside { try JobBlock(number, of: view, $0) } },
      here: { try JobBlock($0, of: view, connection) },
      use: { _, block in
        runJobs.add(block, jobs.identities, resources)
        try visit(block)
      })
  }

  /// All jobs together, if they are not divided; once.
  mutating func readAll(_ connection: Connection) throws -> JobBlock {
    let block = try JobBlock(0, of: self, connection)
    runJobs.add(block, jobs.identities, resources)
    return block
  }

  private var unfinishedBlocks: Int { jobs.unfinished.last.map { division.block(of: Int64($0.id)) + 1 } ?? 0 }

  private static func attempts(
    _ connection: Connection, _ division: JobDivision, _ scope: InsightScope
  ) throws -> Spool<AttemptTable.Attempt> {
    let attempts = division.spool(of: AttemptTable.Attempt.self)
    try AttemptTable.scan(connection, scope) { try attempts.append($0, to: division.block(of: $0.job)) }
    return attempts
  }

  private static func compared(
    _ resources: ResourceTable, _ queues: [Int64: QueueFacts]
  ) -> some Sequence<ResourceRow> {
    let isAudited =
      queues.values.contains { $0.spotFirst != nil } || resources.rows.contains { $0.isInstance && $0.isSpot }
    return resources.rows.lazy.filter { isAudited && ($0.isInstance && $0.isSpot || $0.isOnDemandInstance) }
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
