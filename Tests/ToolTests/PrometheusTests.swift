import Foundation
import Store
import Testing

/// What `export --format prometheus` writes, read by the text format's grammar.
@Suite struct PrometheusTests {
  private struct Sample {
    let name: String
    let labels: [String: String]
    let value: String
  }

  private func samples(_ text: String) throws -> [Sample] {
    try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = try #require(line.wholeMatch(of: /([a-z_]+)(?:\{(.*)\})? ([0-9.e+]+)/))
      var labels: [String: String] = [:]
      for label in (parts.2 ?? "").matches(of: /([a-z_]+)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/) {
        labels[String(label.1)] = String(label.2)
      }
      return Sample(name: String(parts.1), labels: labels, value: String(parts.3))
    }
  }

  @Test("The series add up to what was charged, and their labels say what they are for")
  func sums() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(["export", "--format", "prometheus", "--output", "-"])
    #expect(run.status == 0, "\(run)")
    let samples = try samples(run.out)
    let costs = samples.filter { $0.name == "batchcost_cost_usd" }
    let sum = costs.reduce(Foundation.Decimal(0)) { $0 + (Foundation.Decimal(string: $1.value) ?? 0) }
    let charged = try Store.Database(readingFrom: tool.database).read {
      try $0.integer("SELECT SUM(cost) FROM posting")
    }
    #expect(sum * 1_000_000_000 == Foundation.Decimal(charged))
    #expect(Set(costs.map(\.labels)).count == costs.count)
    #expect(
      costs.allSatisfy {
        Set($0.labels.keys) == ["job_queue", "compute_environment", "purchase_option", "kind"]
      })
    #expect(Set(costs.compactMap { $0.labels["job_queue"] }).contains("grid-spot-first"))
    let plain = Dictionary(
      samples.filter { $0.labels.isEmpty }.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    #expect(plain["batchcost_collected_timestamp_seconds"] == "1793596800")
    #expect(plain["batchcost_attempts"] == "11294")
    // Every metric has one HELP line.
    let helped = run.out.matches(of: #/(?m)^\# HELP ([a-z_]+) /#).map { String($0.1) }
    #expect(Set(helped) == Set(samples.map(\.name)) && Set(helped).count == helped.count)
  }

  @Test("The number of series is limited however many queues there are; the rest are added up")
  func cardinality() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let charged = try Store.Database(path: tool.database).write { connection -> Int64 in
      try connection.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
        INSERT INTO job_queue (name, arn, account_region)
        SELECT 'queue-' || i || char(10) || '"', 'arn-' || i, (SELECT MIN(id) FROM account_region) FROM n;
        INSERT INTO daily_cost (
          day, account, purchase_option, price_source, compute_environment, job_queue, job_definition, tag_set, outcome,
          retried, ms, milli_vcpu_ms, mib_ms, gpu_ms, unpriced_ms, cost, on_demand, unused_by_instance, unused_by_aws,
          attempts, jobs)
        SELECT d.day, d.account, d.purchase_option, d.price_source, d.compute_environment, q.id, d.job_definition,
          d.tag_set, d.outcome, d.retried, 1000, 1, 1, 0, 0, q.id, q.id, 0, 0, 1, 1
        FROM job_queue q, (SELECT * FROM daily_cost WHERE account = 0 LIMIT 1) d WHERE q.name LIKE 'queue-%';
        """)
      return try connection.integer("SELECT SUM(cost) FROM daily_cost")
    }
    let run = try await tool.run(["export", "--format", "prometheus", "--output", "-"])
    #expect(run.status == 0, "\(run)")
    let costs = try samples(run.out).filter { $0.name == "batchcost_cost_usd" }
    #expect(costs.count < 520)
    #expect(costs.contains { $0.labels["job_queue"] == "others" })
    let sum = costs.reduce(Foundation.Decimal(0)) { $0 + (Foundation.Decimal(string: $1.value) ?? 0) }
    #expect(sum * 1_000_000_000 == Foundation.Decimal(charged))
  }
}
