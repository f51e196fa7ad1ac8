import Accounting
import Domain
import Store

/// Finds attempts that ran On-Demand after an attempt of their job was lost with its Spot host.
struct RerunReader {
  struct Found {
    var week: String
    var environment: Int64
    var reruns: Reruns
  }

  private let connection: Connection
  /// Jobs with more than one attempt: few, so that each is asked by itself.
  private let retried: Set<Int64>

  init(_ connection: Connection, retried: Set<Int64>) {
    self.connection = connection
    self.retried = retried
  }

  func read() throws -> [Found] {
    let resources = try ResourceByInstance(connection)
    var reruns: [Int64: (attempts: Set<Int64>, queue: [Int64: Int64], started: [Int64: Int64])] = [:]
    let rows = try connection.prepare(
      """
      SELECT t.id, t.started_at_ms, t.job_queue, t.status_reason, COALESCE(t.instance_id, c.instance_id)
      FROM attempt t LEFT JOIN container_instance c ON c.id = t.container_instance
      WHERE t.id >= ? AND t.id < ? AND t.platform = 0
      ORDER BY t.id
      """)
    for job in retried.sorted() {
      rows.bind(1, job << 10)
      rows.bind(2, (job + 1) << 10)
      var isLost = false
      while try rows.step() {
        guard let resource = rows.optionalText(4).flatMap({ resources.byName[$0] }) else { continue }
        if isLost, !resource.isSpot {
          reruns[resource.id, default: ([], [:], [:])].attempts.insert(rows.integer(0))
          reruns[resource.id]?.queue[rows.integer(0)] = rows.integer(2)
          reruns[resource.id]?.started[rows.integer(0)] = rows.integer(1)
        }
        let outcome = Outcome(statusReason: rows.optionalText(3), containerReason: nil, exitCode: nil)
        if resource.isSpot, outcome.isLostHost { isLost = true }
      }
    }
    return try priced(reruns, resources)
  }

  private func priced(
    _ reruns: [Int64: (attempts: Set<Int64>, queue: [Int64: Int64], started: [Int64: Int64])],
    _ resources: ResourceByInstance
  ) throws -> [Found] {
    struct Key: Hashable, Comparable {
      var week: String
      var environment: Int64
      var queue: Int64

      static func < (a: Key, b: Key) -> Bool { (a.week, a.environment, a.queue) < (b.week, b.environment, b.queue) }
    }
    var sums: [Key: (attempts: Set<Int64>, cost: Int64, spot: Int64)] = [:]
    let postings = try connection.prepare(
      """
      SELECT p.attempt, k.week, p.cost FROM posting p JOIN calendar k ON k.day = p.day
      WHERE p.id >= ? AND p.id < ? AND p.attempt IS NOT NULL AND p.cost IS NOT NULL
      """)
    for (id, found) in reruns.sorted(by: { $0.key < $1.key }) {
      guard let resource = resources.byID[id], let environment = resource.environment else { continue }
      postings.bind(1, id << 20)
      postings.bind(2, (id + 1) << 20)
      while try postings.step() {
        let attempt = postings.integer(0)
        guard found.attempts.contains(attempt) else { continue }
        let (cost, started) = (postings.integer(2), found.started[attempt] ?? 0)
        guard let listed = resource.listed, let rate = try resources.spotRate(resource, at: started), rate < listed
        else { continue }
        let key = Key(week: postings.text(1), environment: environment, queue: found.queue[attempt] ?? 0)
        var sum = sums[key] ?? ([], 0, 0)
        sum.attempts.insert(attempt)
        sum.cost += cost
        sum.spot += Int64(dividedHalfToEven(Int128(cost) * Int128(rate), by: Int128(listed)))
        sums[key] = sum
      }
    }
    var names: [Int64: String] = [:]
    let queues = try connection.prepare("SELECT id, name FROM job_queue")
    while try queues.step() { names[queues.integer(0)] = queues.text(1) }
    return sums.sorted { $0.key < $1.key }.map { key, sum in
      Found(
        week: key.week, environment: key.environment,
        reruns: Reruns(
          queue: names[key.queue] ?? "", attempts: Int64(sum.attempts.count), cost: sum.cost, spotCost: sum.spot))
    }
  }
}

/// The ledger's instances by their EC2 id, with the prices of their pools.
final class ResourceByInstance {
  struct Entry {
    var id: Int64
    var isSpot: Bool
    var environment: Int64?
    var type: String
    var zone: String
    var listed: Int64?
  }

  private(set) var byName: [String: Entry] = [:]
  private(set) var byID: [Int64: Entry] = [:]
  private let prices: Statement

  init(_ connection: Connection) throws {
    let listed = try connection.prepare(
      """
      SELECT item, rate FROM list_price WHERE service = 'AmazonEC2' AND operating_system = 'Linux' AND tenancy = 'Shared'
      ORDER BY effective_at_ms, rate DESC
      """)
    var rates: [String: Int64] = [:]
    while try listed.step() { rates[listed.text(0)] = listed.integer(1) }
    prices = try connection.prepare(
      """
      SELECT rate FROM spot_price WHERE instance_type = ? AND zone = ? AND product = 'Linux/UNIX' AND at_ms <= ?
      ORDER BY at_ms DESC LIMIT 1
      """)
    let rows = try connection.prepare(
      "SELECT id, name, purchase_option, compute_environment, instance_type, zone FROM resource WHERE kind = 'instance'"
    )
    while try rows.step() {
      let entry = Entry(
        id: rows.integer(0), isSpot: rows.integer(2) == 1, environment: rows.optionalInteger(3), type: rows.text(4),
        zone: rows.text(5), listed: rates[rows.text(4)])
      byName[rows.text(1)] = entry
      byID[entry.id] = entry
    }
  }

  /// The Spot price of the instance's pool in force at a time.
  func spotRate(_ resource: Entry, at time: Int64) throws -> Int64? {
    prices.bind(1, resource.type)
    prices.bind(2, resource.zone)
    prices.bind(3, time)
    guard try prices.step() else { return nil }
    let rate = prices.integer(0)
    prices.reset()
    return rate
  }
}
