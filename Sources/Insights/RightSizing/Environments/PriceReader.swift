import Domain
import Store

/// Reads a `PriceTable` from the facts.
struct PriceReader {
  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  func read() throws -> PriceTable {
    var table = PriceTable()
    try readShapes(&table)
    try readListed(&table)
    try readSpot(&table)
    return table
  }

  private func readShapes(_ table: inout PriceTable) throws {
    let rows = try connection.prepare(
      """
      SELECT t.name, t.milli_vcpus, t.memory_mib, t.gpus, COALESCE(t.architecture, ''), t.burstable, c.memory
      FROM instance_type t
      LEFT JOIN (
        SELECT instance_type, MIN(registered_memory_mib) AS memory FROM container_instance GROUP BY instance_type
      ) c ON c.instance_type = t.name
      WHERE t.milli_vcpus > 0
      """)
    while try rows.step() {
      let capacity = Resources(milliVCPUs: rows.integer(1), memoryMiB: rows.integer(2), gpus: rows.integer(3))
      table.shapes[rows.text(0)] = PriceTable.Shape(
        capacity: capacity, architecture: rows.text(4),
        registeredMiB: rows.optionalInteger(6) ?? PackingType.usable(capacity.memoryMiB),
        isBurstable: rows.integer(5) == 1)
    }
  }

  /// The latest rates of each item; where regions differ, the least.
  private func readListed(_ table: inout PriceTable) throws {
    let rows = try connection.prepare(
      """
      SELECT item, rate, region FROM list_price WHERE service = 'AmazonEC2' AND operating_system = 'Linux' AND tenancy = 'Shared'
      ORDER BY effective_at_ms, rate DESC
      """)
    while try rows.step() {
      table.onDemand[rows.text(0)] = rows.integer(1)
      table.regions[rows.text(2), default: PriceTable.Regional()].onDemand[rows.text(0)] = rows.integer(1)
    }
    for (_, pair) in try FargateRates(connection).all { (table.fargateVCPU, table.fargateGB) = pair }
  }

  /// Of each pool the price in force at the middle of the week; of each type their mean, in a region and in all.
  private func readSpot(_ table: inout PriceTable) throws {
    let rows = try connection.prepare(
      """
      WITH week AS (
        SELECT week, (MIN(day) + MAX(day) + 1) * 43200000 AS at_ms FROM calendar GROUP BY week
      ),
      pool AS (SELECT DISTINCT account_region, zone, instance_type FROM spot_price WHERE product = 'Linux/UNIX')
      SELECT w.week, p.instance_type, (
        SELECT s.rate FROM spot_price s
        WHERE s.instance_type = p.instance_type AND s.zone = p.zone AND s.product = 'Linux/UNIX'
          AND s.account_region = p.account_region AND s.at_ms <= w.at_ms
        ORDER BY s.at_ms DESC LIMIT 1
      ), a.region
      FROM week w CROSS JOIN pool p JOIN account_region a ON a.id = p.account_region
      """)
    var all = Means()
    var regions: [String: Means] = [:]
    while try rows.step() {
      guard let rate = rows.optionalInteger(2) else { continue }
      all.add(rate, week: rows.text(0), type: rows.text(1))
      regions[rows.text(3), default: Means()].add(rate, week: rows.text(0), type: rows.text(1))
    }
    table.spot = all.rates
    for (region, means) in regions {
      table.regions[region, default: PriceTable.Regional()].spot = means.rates
    }
  }

  /// Means of rates by week and type.
  private struct Means {
    private var sums: [String: [String: (sum: Int64, count: Int64)]] = [:]

    mutating func add(_ rate: Int64, week: String, type: String) {
      let sum = sums[week]?[type] ?? (0, 0)
      sums[week, default: [:]][type] = (sum.sum + rate, sum.count + 1)
    }

    var rates: [String: [String: Int64]] { sums.mapValues { $0.mapValues { $0.sum / $0.count } } }
  }
}
