import Store

@testable import Accounting

/// Quiet hours after everything else: the ledger can recompute just a part in most of them.
extension GrowingWorld {
  /// - Parameters:
  ///   - database: the world with everything collected so far.
  ///   - isBilled: whether bills keep arriving.
  mutating func tellHours(_ database: Database, isBilled: Bool) throws {
    let times = try Self.rows(database, "collection").compactMap { row in row.value("as_of_ms").flatMap { Int64($0) } }
    var now = times.max() ?? 0
    for number in 1...4 {
      let before = now
      now += Int64.random(in: 1...90, using: &random) * ReferenceWorld.hour / 60
      steps.append(["UPDATE collection SET as_of_ms = MIN(as_of_ms + \(now - before), \(now))"])
      for _ in 0..<Int.random(in: 1...2, using: &random) { tellNews(number, from: before, to: now) }
      if isBilled, chance(15) { tellBillsOfHours(until: before) }
    }
  }

  private mutating func tellNews(_ number: Int, from before: Int64, to now: Int64) {
    let hour = ReferenceWorld.hour
    let instance = Int.random(in: 1...8, using: &random)
    let past = ReferenceWorld.origin + Int64.random(in: 0...60, using: &random) * hour
    let news: [String]
    switch Int.random(in: 0...9, using: &random) {
    case 0...2: news = launched(number, from: before, to: now)
    case 3: news = ran(on: 10 + instance, instance * 10 + number, from: past, to: chance(80) ? past + hour / 2 : nil)
    case 4: news = [priced(instance % 3, at: before)]
    case 5: news = [priced(instance % 3, at: past)]
    case 6:
      news = [
        """
        INSERT OR IGNORE INTO reservation_state (reservation_id, at_ms, instances, available)
        VALUES ('cr-\(instance % 2 + 1)', \(now), 3, \(Int.random(in: 0...3, using: &random)))
        """
      ]
    case 7:
      news = [
        """
        UPDATE instance_description SET state = 'terminated', state_transition_at_ms = \(chance(50) ? past : before)
        WHERE instance_id = 'i-\(instance)' AND source = 'ec2' AND state = 'running'
        """
      ]
    case 8: news = ["UPDATE capacity_reservation SET state = 'expired', ended_at_ms = \(chance(50) ? past : before)"]
    default: news = []
    }
    steps[steps.count - 1] += news
  }

  /// A new instance for a job, with a number of its own.
  private mutating func launched(_ number: Int, from before: Int64, to now: Int64) -> [String] {
    let name = "i-new-\(steps.count)-\(number)"
    let start = Int64.random(in: before...now, using: &random)
    let stop = chance(50) ? Int64.random(in: start...now, using: &random) : nil
    let registration = 100 + steps.count * 10 + number
    let reservation = chance(30) ? "'cr-1'" : "NULL"
    return [
      """
      INSERT OR IGNORE INTO instance_description
        (instance_id, source, account_region, instance_type, zone, lifecycle, platform_details, launched_at_ms, state,
          state_transition_at_ms, tags, capacity_reservation, progress, digest)
      VALUES ('\(name)', 'ec2', 1, 'type-\(Int.random(in: 0...2, using: &random))', 'eu-west-1a',
        \(chance(50) ? "'spot'" : chance(85) ? "NULL" : "'capacity-block'"), 'Linux/UNIX', \(start),
        '\(stop == nil ? "running" : "terminated")', \(stop.map(String.init) ?? "NULL"), '{"AWSBatchServiceTag":"batch"}',
        \(reservation), 1, 1)
      """,
      "INSERT OR IGNORE INTO container_instance (id, cluster, name, instance_id) VALUES (\(registration), 1, 'r-\(registration)', '\(name)')",
      "INSERT OR IGNORE INTO instance_address VALUES ('\(name)', 'eni-\(registration)', 1)",
    ] + ran(on: registration, registration, from: start, to: stop)
  }

  /// - Parameters:
  ///   - registration: row of `container_instance`.
  ///   - number: of the job, among the late ones.
  private func ran(on registration: Int, _ number: Int, from start: Int64, to stop: Int64?) -> [String] {
    let job = 5000 + number
    return [
      """
      INSERT OR IGNORE INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
        platform, attempts, progress, digest)
      VALUES (\(job), 'job-\(job)', 1, 'late', 0, 1, 1, '\(stop == nil ? "RUNNING" : "SUCCEEDED")', \(start), 0, 1, 1, 1)
      """,
      """
      INSERT OR IGNORE INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus,
        container_instance, job_queue, job_definition, kind, platform)
      VALUES (\(job * 1024 + 1), \(job), 1, \(start), \(stop.map(String.init) ?? "NULL"), 1000, 1024, 0, \(registration), 1, 1, 0, 0)
      """,
    ]
  }

  private mutating func priced(_ type: Int, at time: Int64) -> String {
    """
    INSERT OR IGNORE INTO spot_price VALUES (2, 'eu-west-1a', 'type-\(type)', 'Linux/UNIX', \(time),
      \(Int64.random(in: 1...3_000_000_000, using: &random)))
    """
  }
}
