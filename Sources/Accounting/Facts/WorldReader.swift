import Domain
import Store

/// Reads the facts into a `World`.
enum WorldReader {
  static func read(_ connection: Connection, asOf: Instant?, scope: FactScope = .all) throws -> World {
    let places = try places(connection, asOf: asOf)
    let placeOfQueue = try placeOfQueue(connection)
    let tasks = try TaskFacts(connection, scope)
    let pool = SpoolPool()
    var reader = try AttemptReader(
      connection, InstanceReader(connection, scope), tasks, places, scope, placeOfQueue: placeOfQueue, pool: pool)
    try reader.read()
    let (spool, usage, skew) = (reader.attempts, reader.usage, reader.skew)
    let shared = try SharedTasks(reader.sharedTasks, connection)
    let later = reader.later
    var placer = AttemptPlacer(consume reader, try JobEndings(connection, scope), scope, doubles: shared.doubles)
    let attempts = try placer.place(spool, pool)
    let environments = try EnvironmentIndex(connection).environments
    var instances = placer.instances.instances
    let testimony = testimony(placer, later: later)
    if case .part = scope {
      // The others were not read completely.
      for position in instances.indices where !scope.contains(instance: instances[position].id) {
        instances[position].isBatch = false
      }
    }
    let kept = instances.lazy.filter { $0.interrupted || $0.isBatch }
    let reservations = try ReservationReader.read(connection, instances, places, scope)
    let types = Set(kept.compactMap(\.instanceType)).union(reservations.compactMap(\.instanceType))
    return World(
      instances: instances, attempts: attempts, groups: placer.groups, usage: usage, skew: skew, testimony: testimony,
      fargate: attempts.hasFargate
        ? try FargateReader(connection, tasks, environments, placeOfQueue, places) : nil,
      training: attempts.hasTraining ? try TrainingReader(connection, placeOfQueue, places) : nil,
      prices: try PriceBook(connection, places: places, types: types), capacities: try capacities(connection),
      volumes: try VolumeFacts.read(connection, places, scope),
      reservations: reservations,
      environments: Dictionary(uniqueKeysWithValues: environments.map { ($0.id, $0) }), places: places,
      findings: placer.contradictions.findings(scope) + shared.findings,
      hasSharedTasks: !shared.doubles.isEmpty, scope: scope)
  }

  private static func testimony(_ placer: AttemptPlacer, later: [Int64]) -> World.Testimony {
    let reader = placer.instances
    return World.Testimony(
      witnesses: placer.witnesses.map { (reader.instances[Int($0.instance)].id, $0.attempt) },
      registrations: reader.toldRegistrations.map { told in
        (Int64(told), reader.instances[Int(reader.positionOfRegistration[Int(told)])].id)
      }, later: later)
  }

  static func places(_ connection: Connection, asOf: Instant?) throws -> [Int64: World.Place] {
    var places: [Int64: World.Place] = [:]
    let newest = try connection.integer("SELECT COALESCE(MAX(as_of_ms), 0) FROM collection")
    enum Field: Int32, SelectedColumn {
      case id, account, region, asOfMs
      var sql: String {
        switch self {
        case .asOfMs: "(SELECT MAX(c.\(name)) FROM collection c WHERE c.account_region = r.id)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM account_region r
      """)
    while try rows.step() {
      let time = asOf?.milliseconds ?? rows.optionalInteger(Field.asOfMs) ?? newest
      places[rows.integer(Field.id)] = World.Place(
        account: rows.text(Field.account), region: rows.text(Field.region), asOf: Instant(milliseconds: time))
    }
    return places
  }

  /// Row of `account_region` by row of `job_queue`.
  private static func placeOfQueue(_ connection: Connection) throws -> [Int64] {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job_queue")
    var places = [Int64](repeating: 0, count: Int(last) + 1)
    try connection.each("SELECT id, account_region FROM job_queue") { (id: Int64, place: Int64) in
      places[Int(id)] = place
    }
    return places
  }

  /// The capacity of each type, if it is plausible.
  private static func capacities(_ connection: Connection) throws -> [String: Resources] {
    var capacities: [String: Resources] = [:]
    enum Field: Int32, SelectedColumn {
      case name, milliVcpus, memoryMib, gpus
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM instance_type")
    while try rows.step() {
      capacities[rows.text(Field.name)] = Plausible.resources(
        milliVCPUs: rows.integer(Field.milliVcpus), memoryMiB: rows.integer(Field.memoryMib),
        gpus: rows.integer(Field.gpus))
    }
    return capacities
  }
}
