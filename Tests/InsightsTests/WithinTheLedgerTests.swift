import Domain
import Store
import TestSupport
import Testing

@testable import Insights

/// Random accounts with lost hosts, re-runs, retries, and prices that change and go missing.
func randomFacts(_ random: inout SeededGenerator) throws -> FactBase {
  var facts = try FactBase()
  let origin = ms("2026-10-05T00:00:00Z")
  let zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  let types = ["c5.xlarge", "g5.xlarge"]
  try facts.collected(at: "2026-10-30T00:00:00Z")
  for zone in zones {
    for type in types where Int.random(in: 0..<5, using: &random) > 0 {
      for step in 0..<Int.random(in: 1...5, using: &random) {
        let at = origin - 86_400_000 + Int64(step) * Int64.random(in: 1...40_000_000, using: &random)
        try facts.spotPrice(
          zone, type, from: Instant(milliseconds: at).description,
          rate: Int64.random(in: 1...90_000_000, using: &random))
      }
    }
  }
  var spans: [(start: Int64, stop: Int64)] = []
  for id in 1...Int.random(in: 2...8, using: &random) {
    let start = origin + Int64.random(in: 0...1_300_000_000, using: &random)
    let stop = start + Int64.random(in: 1...40_000_000, using: &random)
    spans.append((start, stop))
    try facts.instance(
      id, spot: Bool.random(using: &random), type: types[Int.random(in: 0...1, using: &random)],
      zone: zones[Int.random(in: 0...2, using: &random)], start, stop, reclaimed: Bool.random(using: &random))
  }
  for _ in 0..<Int.random(in: 1...12, using: &random) {
    var attempts: [FactBase.Attempt] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let instance = Int.random(in: 1...spans.count, using: &random)
      let span = spans[instance - 1]
      let start = Int64.random(in: span.start...span.stop, using: &random)
      let end = [FactBase.Attempt.End.succeeded, .exitCode, .hostLost][Int.random(in: 0...2, using: &random)]
      attempts.append(.init(on: instance, start, Int64.random(in: start...span.stop, using: &random), end))
    }
    try facts.job(
      queue: Int.random(in: 1...2, using: &random), definition: Int.random(in: 1...2, using: &random),
      milliVCPUs: Int64.random(in: 250...4000, using: &random), memoryMiB: Int64.random(in: 64...8192, using: &random),
      parent: Bool.random(using: &random) ? Int.random(in: 1...2, using: &random) : nil, attempts)
  }
  try facts.build()
  return facts
}

@Suite struct WithinTheLedger {
  @Test("No insight exceeds the ledger in any account: 150 seeds")
  func neverMoreThanTheLedger() throws {
    try forAll(seeds: 150) { seed, random in
      let facts = try randomFacts(&random)
      let lost = try facts.integer(
        """
        SELECT COALESCE(SUM(d.cost), 0) FROM daily_cost d
        WHERE d.outcome IN (1, 2) AND d.purchase_option IN (1, 3)
        """)
      #expect(
        lost == (try facts.integer("SELECT COALESCE(SUM(cost), 0) FROM failed_attempt WHERE lost_on IS NOT NULL")),
        "seed \(seed)")
      let excess = try facts.integer(
        """
        SELECT COUNT(*) FROM (SELECT resource, day, SUM(cost) AS cost FROM on_demand_run GROUP BY resource, day) n
        LEFT JOIN (SELECT resource, day, SUM(cost) AS cost FROM posting WHERE attempt IS NOT NULL GROUP BY resource, day) p
          ON p.resource = n.resource AND p.day = n.day WHERE n.cost > COALESCE(p.cost, -1)
        """)
      #expect(excess == 0, "seed \(seed)")
      let dear = try facts.integer(
        """
        SELECT COUNT(*) FROM dear_pool d LEFT JOIN (
          SELECT s.day, r.instance_type, r.zone, SUM(s.cost) AS cost FROM resource_day s
          JOIN resource r ON r.id = s.resource WHERE r.purchase_option = 1 GROUP BY 1, 2, 3) p
          ON p.day = d.day AND p.instance_type = d.instance_type AND p.zone = d.zone
        WHERE d.cost > COALESCE(p.cost, -1) OR d.sibling_cost > d.cost
        """)
      #expect(dear == 0, "seed \(seed)")
    }
  }

  @Test("Retries, unit costs, anomalies and forecasts stay within the ledger: 100 seeds")
  func unitsStayWithinTheLedger() throws {
    try forAll(seeds: 100, from: 3000) { seed, random in
      let facts = try randomFacts(&random)
      func sum(_ sql: String) throws -> Int64 { try facts.integer(sql) }
      let retried = try sum(
        """
        SELECT COUNT(*) FROM (SELECT day, outcome, SUM(cost) AS cost FROM daily_cost WHERE outcome > 0 GROUP BY 1, 2) d
        LEFT JOIN (SELECT day, outcome, SUM(cost) AS cost FROM failed_attempt GROUP BY 1, 2) r
          ON r.day = d.day AND r.outcome = d.outcome WHERE r.cost IS NOT d.cost
        """)
      #expect(retried == 0, "seed \(seed)")
      let work = try sum("SELECT COALESCE(SUM(cost), 0) FROM daily_cost WHERE job_queue IS NOT NULL")
      let steps = try sum(
        """
        SELECT COUNT(*) FROM (
          SELECT d.day, SUM(d.cost) AS cost, SUM(CASE WHEN d.account = 1 THEN d.cost ELSE 0 END) AS startup,
            SUM(CASE WHEN d.cost IS NOT NULL THEN d.on_demand END) AS on_demand, SUM(d.milli_vcpu_ms) AS vcpu,
            SUM(d.mib_ms) AS mib, SUM(d.gpu_ms) AS gpu, SUM(d.attempts) AS attempts, SUM(d.jobs) AS jobs
          FROM daily_cost d WHERE d.job_queue IS NOT NULL GROUP BY 1
          EXCEPT
          SELECT day, SUM(cost), SUM(startup), SUM(on_demand), SUM(milli_vcpu_ms), SUM(mib_ms), SUM(gpu_ms),
            SUM(attempts), SUM(jobs)
          FROM step_day GROUP BY 1)
        """)
      #expect(steps == 0, "seed \(seed): what steps cost is what the ledger's rollup says")
      let units = try sum("SELECT COALESCE(SUM(cost), 0) FROM unit_cost")
      #expect(units == work, "seed \(seed): every job has ended, so all work is some job's")
      #expect(try sum("SELECT COALESCE(SUM(cost), 0) FROM array_run") <= units, "seed \(seed)")
      #expect(try sum("SELECT COALESCE(SUM(cost), 0) FROM workflow_run") <= units, "seed \(seed)")
      let days = try sum(
        """
        SELECT COUNT(*) FROM anomaly a JOIN (SELECT day, SUM(cost) AS cost FROM daily_cost GROUP BY day) d
          ON d.day = a.day WHERE a.cost > d.cost
        """)
      #expect(days == 0, "seed \(seed)")
      let spent = try sum(
        """
        SELECT COUNT(*) FROM forecast f WHERE f.so_far > (SELECT COALESCE(SUM(d.cost), 0) FROM daily_cost d
          WHERE d.day >= f.first_day AND d.day < f.end_day)
        """)
      #expect(spent == 0, "seed \(seed)")
    }
  }

  @Test("The Spot audit's pools and bridge add up to it: 60 seeds")
  func partsAddUp() throws {
    var (spot, bridges) = (0, 0)
    try forAll(seeds: 60, from: 1000) { seed, random in
      let facts = try randomFacts(&random)
      let audit = try facts.rows("spot-audit")
      let pools = try facts.rows("spot-net-by-pool")
      for column in ["gross_usd", "lost_usd", "rerun_usd", "net_usd"] {
        var sum = Money.zero
        for row in pools.rows.indices { if case .money(let part)? = pools[row, column] { sum += part } }
        // What nothing is compared with has no saving.
        if audit[0, "gross_usd"] == .null {
          #expect(pools["gross_usd"]?.allSatisfy { $0 == .null } == true, "seed \(seed)")
          #expect(audit[0, column] == .null, "seed \(seed), \(column)")
          continue
        }
        // What re-runs cost more is unknown where none of them has a Spot price.
        if column == "rerun_usd", audit[0, column] == .null {
          #expect(audit[0, "uncompared_reruns"] == audit[0, "rerun_attempts"], "seed \(seed)")
          #expect(audit[0, "rerun_attempts"]?.isTrue == true && sum == .zero, "seed \(seed)")
          continue
        }
        #expect(audit[0, column] == .money(sum), "seed \(seed), \(column)")
      }
      if audit[0, "net_usd"] != .null {
        let types = try #require(try facts.rows("spot-savings-by-type")["net_usd"])
        let sum = types.reduce(Money.zero) { if case .money(let part) = $1 { $0 + part } else { $0 } }
        #expect(audit[0, "net_usd"] == .money(sum), "seed \(seed)")
      }
      if !pools.rows.isEmpty { spot += 1 }
      let steps = try facts.rows("spot-bridge")
      guard let last = steps.rows.indices.last else { return }
      bridges += 1
      #expect(steps[last, "to_usd"] == audit[0, "net_usd"], "seed \(seed)")
    }
    #expect(spot > 40 && bridges > 40, "\(spot) accounts with Spot, \(bridges) with a bridge")
  }

  @Test("A second build changes nothing: 20 seeds") func repeatable() throws {
    try forAll(seeds: 20, from: 5000) { seed, random in
      let facts = try randomFacts(&random)
      let tables = Insights.all.flatMap(\.tables)
      func content() throws -> [[[Cell]]] {
        try tables.map { table in
          try facts.database.read {
            try $0.rows(NamedQuery(name: table, sql: "SELECT * FROM \(table)", origin: ""), parameters: [:]).rows
          }
        }
      }
      let before = try content()
      try facts.build()
      #expect(try content() == before, "seed \(seed)")
    }
  }
}
