import Testing

@testable import Reporting

/// What is said if part of what ran has no known cost: never `all`, never 0, never nothing.
@Suite struct UnknownCostTests {
  private static let unpriced = ["totals": "unpriced_seconds|unplaced_seconds|jobs|attempts\n3600|0|5|100"]
  private static let unplaced = ["totals": "unpriced_seconds|unplaced_seconds|jobs|attempts\n0|60|5|100"]

  private static func titles(_ columns: String, _ values: String, _ others: [String: String] = unpriced)
    -> [String: String]
  { others.merging(["weekly-titles": "\(columns)\n\(values)"]) { $1 } }

  static let cases: [SentenceCase] = [
    SentenceCase(
      "weekly-queue-title", "main takes $9.65, all of the work, as far as is known",
      titles("top_queue|top_queue_usd|top_queue_share", "main|9.65|1")),
    SentenceCase(
      "weekly-queue-title", "main takes $9.65, nearly all of the work, as far as is known",
      titles("top_queue|top_queue_usd|top_queue_share", "main|9.65|0.998", unplaced)),
    SentenceCase(
      "weekly-queue-title", "main takes $9.65, two fifths of the work",
      titles("top_queue|top_queue_usd|top_queue_share", "main|9.65|0.4")),
    SentenceCase(
      "weekly-definition-title", "train is all of the work, as far as is known",
      titles("top_definition|top_definition_usd|top_definition_share", "train|9.65|1")),
    SentenceCase(
      "weekly-unused-title", "Instances that ran nothing are all of it, as far as is known",
      titles("top_unused_kind|top_unused_share", "idle|1").merging(["unused-cost": "unused_usd\n9"]) { $1 }),
    SentenceCase(
      "weekly-unused-title", "Unused cost by kind, at most: some attempts ran on unknown instances",
      [
        "unused-cost": "compute_environment|unused_usd\na|1", "confidence": "unplaced_attempts|jobs_unknown\n7|0",
        "totals": "attempts\n7",
      ]),
    SentenceCase(
      "weekly-unused-title", "Unused cost by kind, at most: no job was collected",
      ["unused-cost": "compute_environment|unused_usd\na|1", "confidence": "jobs_unknown\n1", "totals": "attempts\n0"]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $8.06. Whether jobs ran on it is unknown: none was collected.",
      ["headline": WeeklyRows.headline(cost: "8.06", unused: "1"), "confidence": WeeklyRows.sure(jobless: 1)]),
    SentenceCase(
      "sizing-headline", "No job was collected, so there is nothing to size",
      [
        "right-sizing-totals": "environments_saving_usd|sizes_saving_usd|attempts\n||0",
        "confidence": "jobs_unknown\n1",
      ]),
    SentenceCase(
      "weekly-reserved-title", "What jobs are known to reserve",
      [
        "weekly-titles": "memory_share\n0", "confidence": "unplaced_attempts|jobs_unknown\n7|0",
        "totals": "attempts\n7",
      ]),
    SentenceCase(
      "weekly-unused-detail", "at most 100% of cost",
      [
        "headline": "unused_share|unused_share_change\n1|", "confidence": "unplaced_attempts|jobs_unknown\n7|0",
        "totals": "attempts\n7",
      ]),
    SentenceCase(
      "spot-headline", "Spot cost at least $3.36: a part of its time has no price, so nothing is compared",
      ["spot-audit": "resources|spot_usd|on_demand_usd|unpriced_seconds\n1|3.36||259200"]),
    SentenceCase(
      "weekly-jobs-heading", "Jobs and what they cost",
      ["weekly-titles": "top_ten_jobs_share\n0.69", "headline": "unpriced_share\n0.987"]),
    SentenceCase(
      "weekly-jobs-heading", "Jobs: ten make up 69% of the work",
      ["weekly-titles": "top_ten_jobs_share\n0.69", "headline": "unpriced_share\n0.4"]),
    SentenceCase("weekly-unused-title", "", ["unused-cost": "compute_environment|unused_usd\na|\nb|"]),
    SentenceCase(
      "weekly-unused-title", "Unused cost by kind", ["unused-cost": "compute_environment|unused_usd\na|1\nb|"]),
    SentenceCase(
      "weekly-places-title", "Account 1 took $6.00, all of the cost, as far as is known",
      unpriced.merging([
        "cost-by-account": "account|cost_usd|share|places\n1|6|1|2\n2|||2", "cost-by-region": "region|places\na|1",
      ]) { $1 }),
    SentenceCase(
      "weekly-headline",
      "AWS Batch cost $100. All of it, as far as is known, bought capacity that no job used.",
      unpriced.merging(["headline": WeeklyRows.headline(unused: "1")]) { $1 }),
    SentenceCase(
      "weekly-lede",
      "One On-Demand m5.xlarge instance took $12, all of the cost, as far as is known.",
      unpriced.merging(["headline": WeeklyRows.lede("1")]) { $1 }),
    SentenceCase(
      "weekly-lede", "All of it, as far as is known, ran on Fargate: 5 jobs began.",
      unplaced.merging(["headline": WeeklyRows.lede("", fargate: "1")]) { $1 }),
    SentenceCase(
      "weekly-retries-title", "Retries and failures cost $3.52, all of it by lost hosts, as far as is known",
      titles("retried_usd|top_cause|top_cause_share", "3.52|host lost|1")),
    // A Fargate task that never started and whose image pull is not described.
    SentenceCase(
      "weekly-retries-title", "Retries and failures cost $3.52, all of it by lost hosts, as far as is known",
      titles("retried_usd|top_cause|top_cause_share", "3.52|host lost|1", [:])
        .merging(["retry-cost": "cause|cost_usd\nhost lost|3.52\nimage pull|"]) { $1 }),
    SentenceCase(
      "weekly-retries-title", "Retries and failures cost $3.52, all of it by lost hosts",
      titles("retried_usd|top_cause|top_cause_share", "3.52|host lost|1", [:])
        .merging(["retry-cost": "cause|cost_usd\nhost lost|3.52\nimage pull|0"]) { $1 }),
    SentenceCase(
      "weekly-hidden-title", "Jobs that succeeded hide $2.00 of retries, all of it by exit codes, as far as is known",
      [
        "outlook-titles": "hidden_usd|hidden_cause|hidden_share\n2|exit code|1",
        "hidden-retries": "step|cost_usd\na|2\nb|",
      ]),
    // Failed attempts that have no price, or cost nothing, must not read as no failed attempts.
    SentenceCase(
      "weekly-retries-heading", "Retries and failures, and how long jobs waited",
      titles("retried_usd|retried_share", "|").merging(["retry-cost": "cause|cost_usd\nexit code|"]) { $1 }),
    SentenceCase("weekly-retries-heading", "How long jobs waited", titles("retried_usd|retried_share", "0|0", [:])),
    SentenceCase(
      "weekly-not-shown", "No attempt was retried or failed.",
      [
        "outlook-titles": "week_usd|anomalies\n1|1", "forecast": "expected_usd|high_usd\n1|1", "budgets": "budgets\n1",
        "headline": "ran\n1", "bill-difference": "what\nx", "restated-days": "day\nx",
      ]),
    SentenceCase(
      "run-steps-title", "align is all of the cost", ["run-steps": "step|share|cost_usd\nalign|1|9\nmerge|0|0"]),
    SentenceCase("run-steps-title", "What its steps cost", ["run-steps": "step|share|cost_usd\nalign|1|9\nmerge||"]),
  ]

  static let headings: [SentenceCase] = [
    SentenceCase("weekly-next-heading", "What comes next", outlook("9")),
    SentenceCase("weekly-next-heading", "Unusual days", outlook("")),
    SentenceCase(
      "weekly-next-heading", "What comes next",
      outlook("9").merging(["queue-days": "job_queue|change_usd\nmain|"]) { $1 }),
    SentenceCase(
      "weekly-next-heading", "Cost by queue and day, and what comes next",
      outlook("9").merging(["queue-days": "job_queue|change_usd\nmain|4"]) { $1 }),
    SentenceCase(
      "weekly-next-heading", "Which queue changed, and what comes next",
      outlook("9").merging(["queue-days": "job_queue|change_usd\nmain|4\ngpu|1"]) { $1 }),
    SentenceCase(
      "weekly-next-heading", "Cost by queue and day",
      outlook("").merging(["queue-days": "job_queue|change_usd\nmain|\ngpu|"]) { $1 }),
  ]

  private static func outlook(_ week: String) -> [String: String] {
    ["outlook-titles": "week_usd|month_usd\n\(week)|", "forecast": "expected_usd|high_usd\n\(week)|\(week)"]
  }

  @Test(arguments: cases + headings) func sentence(_ item: SentenceCase) throws {
    #expect(try item.said() == item.expected)
  }

  /// Unused cost without any price, and an `others` row with nothing known.
  @Test func anUnknownSumIsNotBlank() throws {
    let document = try Sample.document(
      """
      ```table
      query: q
      top: 1
      columns:
        - {field: job_queue, blank: "Unused, no queue"}
        - {bar: cost_usd, total: sum}
        - {field: jobs, total: sum}
      total: Total
      ```
      """, tables: ["q": "job_queue|cost_usd|jobs\nmain|4|2\na||1\nb||1\n||"])
    guard case .figure(let figure)? = document.blocks.first, case .table(let table) = figure.body else {
      throw FixtureSource.Missing()
    }
    #expect(
      table.rows.map { $0.cells.map(\.text) } == [
        ["main", "$4.00", "2"], ["2 others", "unknown", "2"], ["Unused, no queue", "unknown", ""],
        ["Total", "$4.00", "4"],
      ])
  }

  /// A queue of which a part has no price, a day of which nothing has one, and a saving that is an upper bound.
  @Test func whatIsPartlyKnownIsABound() throws {
    let document = try Sample.document(
      """
      ```table
      query: q
      columns:
        - job_queue
        - {label: By day, spark: {query: days, key: job_queue}}
        - {bar: cost_usd, total: sum, at_least: is_at_least}
        - {field: net_usd, at_most: is_at_most}
      total: Total
      ```
      """,
      tables: [
        "q": "job_queue|cost_usd|net_usd|is_at_least|is_at_most\nmain|4|2|1|0\ngpu|3|1|0|1",
        "days": "job_queue|day|cost_usd\nmain|1|4\nmain|2|\ngpu|1|2\ngpu|2|1",
      ])
    guard case .figure(let figure)? = document.blocks.first, case .table(let table) = figure.body else {
      throw FixtureSource.Missing()
    }
    #expect(
      table.rows.map { $0.cells.map(\.text) } == [
        ["main", "", "≥ $4.00", "$2.00"], ["gpu", "", "$3.00", "≤ $1.00"], ["Total", "", "≥ $7.00", ""],
      ])
    guard case .spark(let main, _) = table.rows[0].cells[1].content else { throw FixtureSource.Missing() }
    #expect(main == [4, nil])
  }
}
