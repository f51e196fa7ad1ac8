import Testing

@testable import Reporting

/// Sentences of the weekly report after its first page.
@Suite struct WeeklyPagesSentenceTests {
  private static func titles(_ columns: String, _ values: String) -> [String: String] {
    ["weekly-titles": "\(columns)\n\(values)"]
  }

  private static func outlook(_ columns: String, _ values: String) -> [String: String] {
    ["outlook-titles": "\(columns)\n\(values)"]
  }

  private static func forecast(_ values: String, _ tables: [String: String]) -> [String: String] {
    tables.merging(["forecast": "expected_usd|high_usd\n\(values)"]) { $1 }
  }

  /// As many rows of a query, alike.
  private static func rows(_ query: String, _ columns: String, _ values: String, count: Int) -> [String: String] {
    [query: columns + String(repeating: "\n\(values)", count: count)]
  }

  /// Figures say what they have no room for.
  private static let room = [
    SentenceCase(
      "weekly-reserved-subtitle",
      "Reserved share of capacity-time by compute environment: filled vCPU, hollow memory",
      rows("utilization", "compute_environment|gpu_share", "batch|", count: 16)),
    SentenceCase(
      "weekly-reserved-subtitle",
      "Reserved share of capacity-time by compute environment: filled vCPU, hollow memory, square GPU; the 16 of 17 that cost most",
      rows("utilization", "compute_environment|gpu_share", "batch|0.5", count: 17)),
    SentenceCase(
      "weekly-waits-subtitle", "Time from creation to first start by job queue, logarithmic",
      rows("queue-wait", "job_queue", "batch", count: 24)),
    SentenceCase(
      "weekly-waits-subtitle",
      "Time from creation to first start by job queue, logarithmic; the 24 of 25 queues that waited longest",
      rows("queue-wait", "job_queue", "batch", count: 25)),
  ]

  /// Everything else that the last paragraph reports is set and known.
  private static let told = [
    "budgets": "budgets\n1", "retry-cost": "cause\nx", "headline": "ran\n1", "bill-difference": "what\nx",
    "restated-days": "day\nx",
  ]

  static let outlook: [SentenceCase] = [
    SentenceCase("weekly-week-forecast-title", "", outlook("week_usd|week_start", "|")),
    SentenceCase(
      "weekly-week-forecast-title", "The week of 2 Nov is heading for $12",
      forecast("12|20", outlook("week_usd|week_start", "12|2026-11-02"))),
    SentenceCase(
      "weekly-week-forecast-title", "The week is heading for $12",
      forecast("12|20", outlook("week_usd|week_start", "12|"))),
    SentenceCase(
      "weekly-week-forecast-title", "The week of 2 Nov is heading for $0",
      forecast("0|3", outlook("week_usd|week_start", "0|2026-11-02"))),
    SentenceCase(
      "weekly-week-forecast-title", "", forecast("0|0", outlook("week_usd|week_start", "0|2026-11-02"))),
    SentenceCase(
      "weekly-month-forecast-title", "November is heading for $50",
      forecast("50|90", outlook("month_usd|month_start", "50|2026-11-01"))),
    SentenceCase(
      "weekly-month-forecast-title", "", forecast("0|0", outlook("month_usd|month_start", "0|2026-11-01"))),
    SentenceCase("weekly-budgets-title", ""),
    SentenceCase(
      "weekly-budgets-title",
      "The week exceeded one of two weekly budgets; one of three budgets is over or expected to go over",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n3|2|1|1|0|over\n3|2|1|1|0|holds\n3|2|1|1|0|holds"]
    ),
    SentenceCase(
      "weekly-budgets-title", "The budget is over or expected to go over",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n1|0|0|1|0|expected-over"]),
    SentenceCase(
      "weekly-budgets-title", "There is no forecast for the budgets",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n2|0|0|0|0|no-forecast\n2|0|0|0|0|no-forecast"]),
    SentenceCase(
      "weekly-budgets-title", "There is no forecast for some budgets",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n2|0|0|0|0|holds\n2|0|0|0|0|no-forecast"]),
    SentenceCase(
      "weekly-budgets-title", "The week kept within its budget; the budget is expected to hold",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n1|1|0|0|0|holds"]),
    SentenceCase(
      "weekly-budgets-title",
      "Whether the week kept within its budget is unknown; whether the budget will hold is unknown",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n1|1|0|0|1|unknown"]),
    SentenceCase(
      "weekly-budgets-title", "The week exceeded both weekly budgets; both budgets are over or expected to go over",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n2|2|2|2|0|over\n2|2|2|2|0|over"]),
    SentenceCase(
      "weekly-budgets-title", "No job has the queue or tag of some budgets",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n2|0|0|0|0|holds\n2|0|0|0|0|no-such"]),
    SentenceCase("budget-week", "at least $4.03", row: "week_usd|week_is_priced\n4.03|0"),
    SentenceCase("budget-week", "$0", row: "week_usd|week_is_priced\n0|1"),
    SentenceCase("budget-week", "", row: "week_usd|week_is_priced\n|"),
    SentenceCase("budget-so-far", "unknown", row: "so_far_usd|so_far_is_priced\n|0"),
    SentenceCase("budget-so-far", "$0.83", row: "so_far_usd|so_far_is_priced\n0.83|1"),
    SentenceCase(
      "weekly-budgets-title", "All budgets are expected to hold",
      ["budgets": "budgets|weekly|broken|at_risk|unknown_weeks|state\n2|0|0|0|0|holds\n2|0|0|0|0|holds"]),
    SentenceCase("weekly-anomalies-title", "Cost was unusual on 1 day", outlook("anomalies", "1")),
    SentenceCase("anomaly-evidence", "1,000 jobs, usually 500", row: "cause|figure|usual\njobs|1000|500.2"),
    SentenceCase("anomaly-evidence", "4.00 vCPU-hours per job, usually 2.00", row: "cause|figure|usual\nsize|4|2"),
    SentenceCase("anomaly-evidence", "$0.100 per vCPU-hour, usually $0.050", row: "cause|figure|usual\nprice|0.1|0.05"),
    SentenceCase(
      "anomaly-evidence", "$1,009.00 retried or failed, usually $1.00", row: "cause|figure|usual\nretries|1009|1"),
    SentenceCase("anomaly-evidence", "$90.00 unused, usually $40.00", row: "cause|figure|usual\nunused|90|40"),
    SentenceCase("anomaly-evidence", "", row: "cause|figure|usual\nweather|1|1"),
    SentenceCase(
      "weekly-not-shown", "Unusual days are not detected: something ran on only 18 of the last 56 days.",
      forecast(
        "12|20",
        outlook("week_usd|anomalies|watched|watch_days_left|watch_active_days|watch_recent_days", "12||0||18|56")
      ).merging(told) { $1 }),
    SentenceCase(
      "weekly-not-shown",
      "No cost is expected: the last 56 days had none. Unusual days are not detected: something ran on none of the last 56 days.",
      forecast(
        "0|0",
        outlook(
          "week_usd|history_days|anomalies|watched|watch_days_left|watch_active_days|watch_recent_days",
          "0|56||0||0|56")
      ).merging(told) { $1 }),
    SentenceCase(
      "weekly-not-shown", "Unusual days are detected after 35 whole days of history; the whole cost of none is known.",
      forecast(
        "12|20",
        outlook("week_usd|anomalies|watched|watch_days_left|watch_needed|watch_days", "12||0|35|35|0")
      ).merging(told) { $1 }),
    SentenceCase(
      "weekly-not-shown", "Unusual days are detected after 35 whole days of history; 1 day is known.",
      forecast(
        "12|20",
        outlook("week_usd|anomalies|watched|watch_days_left|watch_needed|watch_days", "12||0|34|35|1")
      ).merging(told) { $1 }),
    SentenceCase(
      "weekly-not-shown", "The only finding is a note, `last-seen`: its end is unknown.",
      forecast("12|20", outlook("week_usd|anomalies", "12|1")).merging(told) { $1 }
        .merging([
          "weekly-titles": "errors|warnings|notes\n0|0|1",
          "findings-by-check": "check_name|message\nlast-seen|its end is unknown",
        ]) { $1 }),
    SentenceCase("forecast-name", "Everything", row: "kind|name\neverything|"),
    SentenceCase("forecast-name", "Unused, no queue", row: "kind|name\nunused|"),
    SentenceCase("forecast-name", "gpu", row: "kind|name\njob-queue|gpu"),
  ]

  static let jobs: [SentenceCase] = [
    SentenceCase(
      "weekly-unused-title", "Free space beside jobs is three quarters of it",
      titles("top_unused_kind|top_unused_share", "packing|0.75").merging(["unused-cost": "unused_usd\n4"]) { $1 }),
    SentenceCase(
      "weekly-unused-title", "Instances that ran nothing are all of it; 56% is in spot",
      titles("top_unused_kind|top_unused_share|top_environment|top_environment_share", "idle|1|spot|0.56")
        .merging(["unused-cost": "unused_usd\n9\n1"]) { $1 }),
    SentenceCase(
      "weekly-unused-title", "Reservations without an instance are half of it",
      titles("top_unused_kind|top_unused_share", "reserved|0.5").merging(["unused-cost": "unused_usd\n4"]) { $1 }),
    SentenceCase("weekly-unused-title", "Unused cost by kind", titles("top_unused_kind|top_unused_share", "|")),
    SentenceCase("weekly-reserved-title", "", titles("memory_share", "")),
    SentenceCase(
      "weekly-reserved-title", "Jobs reserve 47% of the memory that was paid for", titles("memory_share", "0.47")),
    SentenceCase(
      "weekly-heat-subtitle", "vCPUs reserved ÷ vCPUs running, by UTC hour and day, all environments on EC2", days: 31),
    SentenceCase(
      "weekly-heat-subtitle",
      "vCPUs reserved ÷ vCPUs running, by UTC hour and day, all environments on EC2; the last 31 days", days: 70),
    SentenceCase(
      "weekly-heat-title", "By day, 46% to 50% of vCPUs were reserved",
      titles("reserved_min|reserved_max", "0.46|0.5").merging(["utilization-by-hour": "day\n1\n2"]) { $1 }),
    SentenceCase(
      "weekly-heat-title", "50% of vCPUs were reserved",
      titles("reserved_min|reserved_max", "0.499|0.5").merging(["utilization-by-hour": "day\n1\n2"]) { $1 }),
    SentenceCase(
      "weekly-heat-title", "",
      titles("reserved_min|reserved_max", "0.46|0.5").merging(["utilization-by-hour": "day\n1\n1"]) { $1 }),
    SentenceCase("weekly-dearest-title", "The only job failed", titles("top_jobs|top_ten_failed", "1|1")),
    SentenceCase(
      "weekly-dearest-title", "The only array of jobs failed",
      titles("top_jobs|top_ten_failed", "1|1").merging(["job-cost": "cost_usd|children\n25|2000"]) { $1 }),
    SentenceCase("weekly-dearest-title", "The only job", titles("top_jobs|top_ten_failed", "1|0")),
    SentenceCase(
      "weekly-dearest-title", "None of the three most expensive jobs failed", titles("top_jobs|top_ten_failed", "3|0")),
    SentenceCase(
      "weekly-dearest-title", "One of the three most expensive jobs failed", titles("top_jobs|top_ten_failed", "3|1")),
    SentenceCase("weekly-dearest-title", "Both jobs failed", titles("top_jobs|top_ten_failed", "2|2")),
    SentenceCase(
      "weekly-dearest-title", "Neither of the two jobs failed",
      titles("top_jobs|top_ten_failed", "2|0").merging(["job-cost": "cost_usd\n2\n1"]) { $1 }),
    SentenceCase(
      "weekly-dearest-title", "None of the five jobs failed",
      titles("top_jobs|top_ten_failed", "5|0").merging(["job-cost": "cost_usd\n5\n4\n3\n2\n1"]) { $1 }),
    // Ten of more.
    SentenceCase(
      "weekly-dearest-title", "One of the ten most expensive jobs failed",
      titles("top_jobs|top_ten_failed", "10|1")
        .merging(["job-cost": "cost_usd\n11\n10\n9\n8\n7\n6\n5\n4\n3\n2\n1"]) { $1 }),
    SentenceCase(
      "weekly-dearest-title", "All of the ten most expensive jobs failed", titles("top_jobs|top_ten_failed", "10|10")),
    SentenceCase(
      "weekly-dearest-title", "Most expensive jobs",
      titles("top_jobs|top_ten_failed", "1|1").merging(["job-cost": "job_name|cost_usd\na|1\nb|"]) { $1 }),
    SentenceCase("weekly-dearest-title", "Jobs", titles("top_jobs|top_ten_failed", "0|")),
    SentenceCase(
      "weekly-dearest-title", "Most expensive jobs",
      titles("top_jobs|top_ten_failed", "0|").merging(["totals": "cost_usd\n0"]) { $1 }),
    SentenceCase("weekly-retries-heading", "How long jobs waited", titles("retried_usd|retried_share", "0|0")),
    SentenceCase(
      "weekly-retries-heading", "Retries and failures took <1% of the cost",
      titles("retried_usd|retried_share", "3.52|0.001")),
    SentenceCase(
      "weekly-retries-title", "Retries and failures cost $3.52, all of it by lost hosts",
      titles("retried_usd|top_cause|top_cause_share", "3.52|host lost|1")),
    SentenceCase(
      "weekly-retries-title", "Retries and failures", titles("retried_usd|top_cause|top_cause_share", "0||")),
    SentenceCase(
      "weekly-lost-caption",
      "$4.00 was lost with Spot hosts: the Spot audit’s lost work. Of lost work, $1.25 came after the last checkpoint.",
      ["spot-audit": "lost_usd|since_checkpoint_usd|abandoned_usd|left_out_lost_attempts\n4|1.25|0|0"]),
    SentenceCase("weekly-lost-caption", "", ["spot-audit": "lost_usd|abandoned_usd\n0|0"]),
    SentenceCase(
      "weekly-lost-caption", "$4.00 was lost with Spot hosts: the Spot audit’s lost work.",
      ["spot-audit": "lost_usd|since_checkpoint_usd|abandoned_usd|left_out_lost_attempts\n4|4|0|0"]),
    SentenceCase(
      "weekly-lost-caption",
      "$4.00 was lost with Spot hosts: the Spot audit’s lost work; $3.00 of it was not run again.",
      ["spot-audit": "lost_usd|since_checkpoint_usd|abandoned_usd|left_out_lost_attempts\n4|4|3|0"]),
    SentenceCase(
      "weekly-lost-caption",
      "$4.00 was lost with Spot hosts whose two prices are known: the Spot audit’s lost work; $3.00 of it was not run again.",
      ["spot-audit": "lost_usd|since_checkpoint_usd|abandoned_usd|left_out_lost_attempts\n4|4|3|2"]),
    SentenceCase(
      "weekly-lost-caption",
      "$3.52 was lost with Spot hosts: the Spot audit’s lost work; none of it was run again.",
      ["spot-audit": "lost_usd|since_checkpoint_usd|abandoned_usd|left_out_lost_attempts\n3.52|3.52|3.52|0"]),
    SentenceCase(
      "weekly-accounts-title", "Every dollar of $6.67 is counted once", ["totals": "cost_usd\n6.67"]),
    SentenceCase("weekly-accounts-title", "", ["totals": "cost_usd\n"]),
    SentenceCase(
      "weekly-accounts-title", "Every known dollar, $4.03 in all, is counted once",
      ["totals": "cost_usd\n4.03", "headline": "is_priced\n0"]),
    SentenceCase("weekly-accounts-title", "Every charge is counted once", ["totals": "cost_usd\n0"]),
    SentenceCase("weekly-accounts-title", "Every dollar of $0.0072 is counted once", ["totals": "cost_usd\n0.0072"]),
    SentenceCase(
      "weekly-dearest-title", "All of the ten jobs failed",
      titles("top_jobs|top_ten_failed", "10|10")
        .merging(["job-cost": "cost_usd\n10\n9\n8\n7\n6\n5\n4\n3\n2\n1"]) { $1 }),
    SentenceCase(
      "weekly-waits-title", "In one of two queues one job in twenty waits an hour or more, mostly for other jobs",
      [
        "weekly-titles": "waiting_queues|slow_queues\n2|1",
        "queue-wait": "p95_seconds|dependency_seconds|capacity_seconds|start_seconds\n21600|10710|90|\n90||90|",
      ]),
    SentenceCase(
      "weekly-run-title", "Workflow runs", outlook("run_name|run_usd|run_jobs|run_is_about|run_is_priced", "||||")),
    SentenceCase(
      "weekly-run-title", "A run of etl cost $13 for 295 jobs",
      outlook("run_name|run_usd|run_jobs|run_is_about|run_is_priced", "etl|13.3|295|0|1")),
    SentenceCase(
      "weekly-run-title", "A run of etl cost about $13 for 295 jobs",
      outlook("run_name|run_usd|run_jobs|run_is_about|run_is_priced", "etl|13.3|295|1|1")),
    SentenceCase(
      "weekly-run-title", "What a run of etl cost is unknown",
      outlook("run_name|run_usd|run_jobs|run_is_about|run_is_priced", "etl||295|0|0")),
    SentenceCase("weekly-told-by", "airflow", row: "client|confidence\nairflow|sure"),
    SentenceCase("weekly-told-by", "time", row: "client|confidence\nsnakemake|about"),
    SentenceCase(
      "weekly-run-title", "A run of etl cost at least $13 for 295 jobs",
      outlook("run_name|run_usd|run_jobs|run_is_about|run_is_priced", "etl|13.3|295|0|0")),
    SentenceCase(
      "weekly-runs-about",
      "; where the cost per job is unknown, a part has no price, and the cost is at least this",
      ["workflow-runs": "confidence|cost_usd|is_priced\nsure|1|1\nsure|1|0"]),
    SentenceCase("weekly-runs-about", "", ["workflow-runs": "confidence|cost_usd|is_priced\nsure||0"]),
    SentenceCase("weekly-units-about", "", ["unit-costs": "unpriced_jobs\n0\n0"]),
    SentenceCase(
      "weekly-units-about", "; cost per job and per success: of jobs whose cost is known",
      ["unit-costs": "unpriced_jobs\n0\n3"]),
    SentenceCase("weekly-runs-about", "", ["workflow-runs": "confidence|cost_usd|is_priced\nsure|1|1"]),
    SentenceCase(
      "weekly-runs-about", "; known by time: the client names no run, so its jobs are approximate",
      ["workflow-runs": "confidence|cost_usd|is_priced\nsure|1|1\nabout|1|1"]),
    SentenceCase("weekly-likely", "", ["retry-cost": "cause|likely_usd\ntimeout|0\nother|0.004"]),
    SentenceCase(
      "weekly-likely",
      "; probably run again by its client, inferred from step and time alone: $0.07 after lost hosts and $0.03 after exit codes",
      ["retry-cost": "cause|likely_usd\nhost lost|0.066666667\nexit code|0.026666667"]),
    SentenceCase(
      "weekly-hidden-likely", "; some of it probably run again by its client, inferred from step and time alone",
      ["hidden-retries": "cause|likely_usd\ninterrupted|1.5\ntimeout|0"]),
    SentenceCase("weekly-hidden-likely", "", ["hidden-retries": "cause|likely_usd\ninterrupted|0"]),
    SentenceCase("weekly-waits-title", "Queue waits", titles("slow_queues|waiting_queues", "0|3")),
    SentenceCase("weekly-waits-title", "", titles("slow_queues|waiting_queues", "1|1")),
    SentenceCase(
      "weekly-waits-title", "In both queues one job in twenty waits an hour or more",
      titles("slow_queues|waiting_queues", "2|2")),
    SentenceCase(
      "weekly-waits-title", "In all three queues one job in twenty waits an hour or more",
      titles("slow_queues|waiting_queues", "3|3")),
    SentenceCase(
      "weekly-waits-title", "In two of three queues one job in twenty waits an hour or more",
      titles("slow_queues|waiting_queues", "2|3")),
    SentenceCase("weekly-bill-title", "", titles("bill_days|bill_from|bill_to", "0||")),
    SentenceCase(
      "weekly-bill-title", "Ledger and bill of 26 Oct", titles("bill_days|bill_from|bill_to", "1|2026-10-26|2026-10-26")
    ),
    SentenceCase(
      "weekly-bill-title", "Ledger and bill, 26 Oct to 31 Oct",
      titles("bill_days|bill_from|bill_to", "6|2026-10-26|2026-10-31")),
    SentenceCase(
      "weekly-restated-title", "This period fell by $2.00 since its days were first reported",
      ["restated-days": "period_change_usd\n-2"]),
    SentenceCase(
      "weekly-restated-title", "Days that a later collection or a bill changed",
      ["restated-days": "period_change_usd\n0"]),
    SentenceCase("finding-message", "no price", row: "message|messages\nno price|1"),
    SentenceCase("finding-message", "such as: i-1 has two", row: "message|messages\ni-1 has two|3"),
    SentenceCase("weekly-findings-title", "", titles("errors|warnings|notes", "0|0|1")),
    SentenceCase("weekly-findings-title", "All findings are notes", titles("errors|warnings|notes", "0|0|2")),
    SentenceCase(
      "weekly-findings-title", "One kind of finding is a warning; one is a note",
      titles("errors|warnings|notes", "0|1|1")),
    SentenceCase(
      "weekly-findings-title", "Two kinds of findings are warnings; six are notes",
      titles("errors|warnings|notes", "0|2|6")),
    SentenceCase(
      "weekly-findings-title", "Two kinds of findings are warnings", titles("errors|warnings|notes", "0|2|0")),
    SentenceCase(
      "weekly-findings-title", "One kind of finding is an error; one is a note",
      titles("errors|warnings|notes", "1|0|1")),
    SentenceCase(
      "weekly-findings-title", "Two kinds of findings are errors; one is a warning; three are notes",
      titles("errors|warnings|notes", "2|1|3")),
  ]

  @Test(arguments: outlook + jobs + room) func said(_ item: SentenceCase) throws {
    #expect(try item.said() == item.expected)
  }
}
