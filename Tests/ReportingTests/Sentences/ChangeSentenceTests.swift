import Testing

@testable import Reporting

/// Why the week’s cost changed.
@Suite struct ChangeSentenceTests {
  static let change: [SentenceCase] = [
    SentenceCase("weekly-why-heading", "Week by week", ["headline": WeeklyRows.headline()]),
    SentenceCase(
      "weekly-why-heading", "As much as the week before",
      ["headline": WeeklyRows.headline(previous: "100", changeUSD: "0.001")]),
    SentenceCase(
      "weekly-why-heading", "Why it changed: −$20 against the week before",
      ["headline": WeeklyRows.headline(previous: "120", changeUSD: "-20")]),
    SentenceCase(
      "weekly-bridge-title", "$20 less than the week before, step by step",
      ["headline": WeeklyRows.headline(changeUSD: "-20")]),
    SentenceCase(
      "weekly-bridge-title", "$20 more than the week before, step by step",
      ["headline": WeeklyRows.headline(changeUSD: "20")]),
    SentenceCase("weekly-bridge-title", "Changes that evened out", ["headline": WeeklyRows.headline(changeUSD: "0")]),
    SentenceCase("bridge-step", "More jobs ran", row: "factor|now|before|change_usd\nvolume|15|10|1"),
    SentenceCase("bridge-step", "Fewer jobs ran", row: "factor|now|before|change_usd\nvolume|9|10|-1"),
    SentenceCase("bridge-step", "As many jobs ran", row: "factor|now|before|change_usd\nvolume|10|10|0"),
    SentenceCase("bridge-step", "Fewer jobs ran", row: "factor|now|before|change_usd\nvolume|||-1"),
    // The figures decide, however little it cost.
    SentenceCase("bridge-step", "Jobs were larger", row: "factor|now|before|change_usd\nsize|1.052|1|0.004"),
    SentenceCase("bridge-step", "Jobs were smaller", row: "factor|now|before|change_usd\nsize|8|10|-1"),
    SentenceCase("bridge-step", "Jobs were the same size", row: "factor|now|before|change_usd\nsize|1.0004|1|0.1"),
    SentenceCase("bridge-step", "Prices rose", row: "factor|now|before|change_usd\nprice|138|128|1"),
    // Spot can be dearer.
    SentenceCase(
      "bridge-step", "More ran On-Demand", row: "factor|now|before|change_usd\npurchase option|0.86|0|-1.92"),
    SentenceCase("bridge-step", "Less ran On-Demand", row: "factor|now|before|change_usd\npurchase option|0.2|0.4|-1"),
    SentenceCase("bridge-step", "Bought in other ways", row: "factor|now|before|change_usd\npurchase option|0|0|-1"),
    SentenceCase("bridge-step", "Cheaper types or memory", row: "factor|now|before|change_usd\nmix|0.04|0.05|-1"),
    SentenceCase("bridge-step", "Less was unused", row: "factor|now|before|change_usd\nunused|6.03|6.54|-0.004"),
    SentenceCase("bridge-step", "More was unused", row: "factor|now|before|change_usd\nunused|0.5|0.4|1"),
    SentenceCase("bridge-step", "Less retried or failed", row: "factor|now|before|change_usd\nretries|0.19|0.25|-1"),
    SentenceCase("bridge-evidence", "15 against 10", row: "factor|now|before\nvolume|15|10"),
    SentenceCase("bridge-evidence", "vCPU-hours per job −20.0%", row: "factor|now|before\nsize|8|10"),
    SentenceCase("bridge-evidence", "rate of the same pools +7.8%", row: "factor|now|before\nprice|138|128"),
    SentenceCase("bridge-evidence", "", row: "factor|now|before\nprice|138|0"),
    SentenceCase("bridge-evidence", "67% of vCPU-hours, was 60%", row: "factor|now|before\npurchase option|0.667|0.6"),
    SentenceCase("bridge-evidence", "work per vCPU-hour −2.0%", row: "factor|now|before\nmix|0.049|0.05"),
    SentenceCase("bridge-evidence", "per dollar of work $0.40, was $0.50", row: "factor|now|before\nunused|0.4|0.5"),
    SentenceCase(
      "bridge-evidence", "per dollar of work $0.05, was $0.10",
      row: "factor|now|before\nretries|0.05|0.1"),
    SentenceCase("bridge-evidence", "", row: "factor|now|before\nmix||0.05"),
    SentenceCase("mover-change", "+25%", row: "change|previous_cost_usd\n0.25|8"),
    SentenceCase("mover-change", "from $0.24", row: "change|previous_cost_usd\n183.3|0.24"),
    SentenceCase("mover-change", "new", row: "change|previous_cost_usd\n|0"),
    SentenceCase(
      "restated-at", "3 Nov 2026 05:20 UTC", row: "by_bill|last_at\n0|2026-11-03T05:20:00Z"),
    SentenceCase("restated-at", "by the bill", row: "by_bill|last_at\n1|2026-11-03T05:20:00Z"),
    SentenceCase("weekly-movers-title", "train rose most, by $3.86", ["movers": "step|change_usd\ntrain|3.86\n|-9"]),
    SentenceCase(
      "weekly-movers-title", "eval fell most, by $5.00", ["movers": "step|change_usd\ntrain|3.86\neval|-5"]),
    SentenceCase("weekly-movers-title", "What changed most", ["movers": "step|change_usd\n|-9"]),
    SentenceCase("weekly-movers-title", "What changed most", ["movers": "step|change_usd\ntrain|3\neval|3\n|-9"]),
    SentenceCase("weekly-weeks-title", "", ["cost-by-week": "week|cost_usd\n2026-W44|1"]),
    SentenceCase("weekly-weeks-title", "", ["cost-by-week": "week|cost_usd\n2026-W43|0\n2026-W44|0"]),
    SentenceCase(
      "weekly-weeks-title", "",
      ["cost-by-week": "week|cost_usd\n2026-W43|1\n2026-W44|1", "weekly-titles": "is_dearest_week|weeks\n0|0"]),
    SentenceCase(
      "weekly-weeks-title", "Cost by week",
      ["cost-by-week": "week|cost_usd\n2026-W43|1\n2026-W44|1", "weekly-titles": "is_dearest_week|weeks\n0|2"]),
    SentenceCase(
      "weekly-weeks-title", "The most expensive of two whole weeks",
      ["cost-by-week": "week|cost_usd\n2026-W43|1\n2026-W44|2", "weekly-titles": "is_dearest_week|weeks\n1|2"]),
    SentenceCase("weekly-queue-days-title", "", ["queue-days": "job_queue|change_usd\nmain|"]),
    SentenceCase(
      "weekly-queue-days-title", "Cost by queue and day", ["queue-days": "job_queue|change_usd\nmain|\ngpu|"]),
    SentenceCase(
      "weekly-queue-days-title", "main changed most: $3.86 more than the $5.79 before",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|3.86|5.79|9.65\ngpu|0|1|1"]),
    SentenceCase(
      "weekly-queue-days-title", "main changed: $3.86 less than the $9.65 before",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|-3.86|9.65|5.79"]),
    SentenceCase(
      "weekly-queue-days-title", "main changed: from nothing to $9.65",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|9.65|0|9.65"]),
    SentenceCase(
      "weekly-queue-days-title", "main changed: from $9.65 to nothing",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|-9.65|9.65|0"]),
  ]

  @Test(arguments: change) func said(_ item: SentenceCase) throws { #expect(try item.said() == item.expected) }
}
