import Testing

@testable import Reporting

/// Headline and lede of the weekly report.
@Suite struct FirstPageSentenceTests {
  /// Rows of the query `bridge`: changes in dollars; four of five vCPU-hours ran On-Demand, two before.
  private static func bridge(
    volume: String = "0", size: String = "0", price: String = "0", option: String = "0", mix: String = "0",
    unused: String = "0", retries: String = "0"
  ) -> String {
    """
    factor|now|before|change_usd
    volume|30|20|\(volume)
    size|1|1|\(size)
    price|1|1|\(price)
    purchase option|0.8|0.4|\(option)
    mix|1|1|\(mix)
    unused|1|1|\(unused)
    retries|1|1|\(retries)
    """
  }

  static let headlines: [SentenceCase] = [
    SentenceCase("weekly-headline", "AWS Batch cost $100", ["headline": WeeklyRows.headline()]),
    SentenceCase("weekly-headline", "AWS Batch cost $100 so far", ["headline": WeeklyRows.headline(complete: 0)]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, as much as the week before",
      ["headline": WeeklyRows.headline(previous: "100", change: "0")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, as much as the week before",
      ["headline": WeeklyRows.headline(previous: "100.4", change: "-0.004")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25%",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, down 20%",
      ["headline": WeeklyRows.headline(previous: "125", change: "-0.2")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25% as more jobs ran",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25"), "bridge": bridge(volume: "20")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, down 20% as jobs were smaller",
      ["headline": WeeklyRows.headline(previous: "125", change: "-0.2"), "bridge": bridge(volume: "15", size: "-40")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25% as more jobs ran and more was unused",
      [
        "headline": WeeklyRows.headline(previous: "80", change: "0.25"),
        "bridge": bridge(volume: "9", mix: "5", unused: "8", retries: "-2"),
      ]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25% as more ran On-Demand, although fewer jobs ran",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25"), "bridge": bridge(volume: "-25", option: "45")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, down 20% as more ran On-Demand",
      ["headline": WeeklyRows.headline(previous: "125", change: "-0.2"), "bridge": bridge(option: "-25")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, down 20% as work took cheaper types or less memory",
      ["headline": WeeklyRows.headline(previous: "125", change: "-0.2"), "bridge": bridge(mix: "-25")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up from $0.24 as prices rose",
      ["headline": WeeklyRows.headline(previous: "0.24", change: "415.67"), "bridge": bridge(price: "99.76")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25% (by the bill; the week before is mostly estimated)",
      [
        "headline": WeeklyRows.headline(previous: "80", change: "0.25", billed: "0.9", before: "0"),
        "bridge": bridge(price: "20"),
      ]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, as much as the week before",
      ["headline": WeeklyRows.headline(previous: "100", change: "0"), "bridge": bridge(volume: "9", size: "-9")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up from $0.24",
      ["headline": WeeklyRows.headline(previous: "0.24", change: "415.67")]),
    SentenceCase(
      "weekly-headline", "These jobs cost $100, up 25%",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25")],
      scope: .jobs),
    SentenceCase(
      "weekly-headline", "What ran there cost $100, up 25%",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25")], scope: .places),
    SentenceCase(
      "weekly-headline", "Nothing ran there so far: it cost $0",
      ["headline": WeeklyRows.headline(cost: "0", ran: 0, complete: 0, unused: "")], scope: .places),
    SentenceCase(
      "weekly-headline", "The cost of these jobs is unknown: nothing that ran has a price",
      [
        "headline": WeeklyRows.headline(cost: ""),
        "totals": "attempts|unplaced_seconds|unpriced_seconds|instances\n3|0|60|1",
      ], scope: .jobs),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100 after nothing the week before",
      ["headline": WeeklyRows.headline(previous: "0")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100 after nothing the three days before",
      ["headline": WeeklyRows.headline(previous: "0")],
      days: 3),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, as much as the day before",
      ["headline": WeeklyRows.headline(previous: "100", change: "0")], days: 1),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25% (by the bill; the week before is mostly estimated)",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25", billed: "0.9", before: "0")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25% (26% by the bill; of the week before, 0%)",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25", billed: "0.26", before: "0")]),
    // Both weeks are of the bill.
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25%",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25", billed: "0.9", before: "0.9")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25%",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25", billed: "0.95", before: "0.86")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100, up 25% (mostly estimated; the week before by the bill)",
      ["headline": WeeklyRows.headline(previous: "80", change: "0.25", billed: "0", before: "1")]),
    SentenceCase(
      "weekly-headline", "Nothing ran: AWS Batch cost $0",
      ["headline": WeeklyRows.headline(cost: "0", ran: 0, unused: "")]),
    SentenceCase(
      "weekly-headline", "Nothing ran so far: AWS Batch cost $0",
      ["headline": WeeklyRows.headline(cost: "0", ran: 0, complete: 0, unused: "")]),
    SentenceCase(
      "weekly-headline", "Nothing ran: AWS Batch cost $0, after $12 the week before",
      ["headline": WeeklyRows.headline(cost: "0", previous: "12.1", ran: 0, unused: "")]),
    SentenceCase(
      "weekly-headline", "The cost of AWS Batch is unknown: nothing that ran has a price",
      [
        "headline": WeeklyRows.headline(cost: ""),
        "totals": "attempts|unplaced_seconds|unpriced_seconds|instances\n3|0|60|1",
      ]),
    SentenceCase(
      "weekly-headline", "There is no data for these days",
      ["headline": WeeklyRows.headline(cost: ""), "totals": "attempts\n0"]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100. Of every dollar, 52 cents bought capacity no job used.",
      ["headline": WeeklyRows.headline(unused: "0.52")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100. Of every dollar, 1 cent bought capacity no job used.",
      ["headline": WeeklyRows.headline(unused: "0.0149")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100. Of every dollar, less than a cent bought capacity no job used.",
      ["headline": WeeklyRows.headline(unused: "0.004")]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100. All of it bought capacity that no job used.",
      ["headline": WeeklyRows.headline(unused: "1")]),
  ]

  static let ledes: [SentenceCase] = [
    SentenceCase(
      "weekly-lede",
      "One On-Demand m5.xlarge instance took $12, all of the cost, and a fifth of what it offered was not used.",
      ["headline": WeeklyRows.lede("1", idle: "0.2")]),
    SentenceCase(
      "weekly-lede", "Two On-Demand m5.xlarge instances took $12, 60% of the cost.",
      ["headline": WeeklyRows.lede("2", share: "0.6")]),
    SentenceCase(
      "weekly-lede", "One m5.xlarge instance took $12, all of the cost.",
      ["headline": WeeklyRows.lede("1", option: "unknown")]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. Spot saved $58 after lost work and re-runs.",
      ["headline": WeeklyRows.lede("2", saving: "57.91")]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. Lost work and re-runs cost $3.00 more than Spot saved.",
      [
        "headline": WeeklyRows.lede("2", saving: "-3"),
        "spot-audit": "lost_usd|rerun_usd|resources|left_out_resources\n4|0|9|0",
      ]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. Spot cost $0.80 more than On-Demand would have.",
      [
        "headline": WeeklyRows.lede("2", saving: "-0.8"),
        "spot-audit": "lost_usd|rerun_usd|resources|left_out_resources\n0|0|9|0",
      ]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. Spot saved at most $1.48 after lost work and re-runs, where "
        + "both prices are known.",
      [
        "headline": WeeklyRows.lede("2", saving: "1.48"),
        "spot-audit": "uncompared_reruns|unplaced_reruns|resources|left_out_resources\n0|7|19|1",
      ]),
    SentenceCase(
      "weekly-lede", "One On-Demand m5.xlarge instance took $12, nearly all of the cost.",
      ["headline": WeeklyRows.lede("1", share: "0.996")]),
    SentenceCase(
      "weekly-headline", "The cost of AWS Batch is unknown: no instance is known of anything that ran",
      [
        "headline": WeeklyRows.headline(cost: ""),
        "totals": "attempts|unplaced_seconds|unpriced_seconds|instances\n18|600|0|0",
      ]),
    SentenceCase("weekly-cost-name", "Cost, at least", ["headline": WeeklyRows.headline(priced: 0)]),
    SentenceCase("weekly-cost-name", "Cost", ["headline": WeeklyRows.headline()]),
    SentenceCase("weekly-unused-name", "Unused, at least", ["headline": WeeklyRows.headline(priced: 0)]),
    SentenceCase(
      "weekly-saving-name", "Net Spot saving, at most", ["spot-audit": "uncompared_reruns|unplaced_reruns\n24|0"]),
    SentenceCase(
      "weekly-daily-subtitle", "Cost by day, USD; work by purchase option; EBS volumes count as On-Demand",
      ["confidence": WeeklyRows.sure()]),
    SentenceCase(
      "weekly-daily-subtitle", "Cost by day, USD; work by purchase option", ["confidence": WeeklyRows.sure(storage: 1)]),
    SentenceCase(
      "weekly-lede", "Three jobs have been waiting to start in slow, the first since 27 Oct.",
      [
        "headline": WeeklyRows.headline(cost: "0", ran: 0, unused: ""),
        "waiting-jobs": "jobs|created_at|job_queues|job_queue\n3|2026-10-27T08:00:00.000Z|1|slow",
      ]),
    SentenceCase(
      "weekly-lede", "One job has been waiting to start in slow since 27 Oct. The week before cost nothing either.",
      [
        "headline": WeeklyRows.headline(cost: "0", ran: 0, unused: ""), "cost-by-week": "cost_usd\n0\n0",
        "waiting-jobs": "jobs|created_at|job_queues|job_queue\n1|2026-10-27T08:00:00.000Z|1|slow",
      ]),
    SentenceCase(
      "weekly-lede", "Three jobs have been waiting to start in two queues, the first since 27 Oct.",
      [
        "headline": WeeklyRows.headline(cost: "0", ran: 0, unused: ""),
        "waiting-jobs": "jobs|created_at|job_queues|job_queue\n3|2026-10-27T08:00:00.000Z|2|fast",
      ]),
    SentenceCase(
      "weekly-unpriced", "The bill gives them $21.98 of their instances: see `batchcost query billed-task-cost`.",
      [
        "totals": "cost_usd|attempts|unplaced_seconds\n|19|0",
        "billed-task-cost": "job_id|split_usd\na|21\nb|0.977\n|4",
      ]),
    SentenceCase(
      "weekly-bill-title", "A bill that names no instance of this ledger: is it of another account?",
      [
        "weekly-titles": "bill_days|bill_from|bill_to\n6|2026-10-26|2026-10-31",
        "bill-difference": "what|instances\nLedger, as estimated|355\nBatch's, but unknown to the collector|355",
      ]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost at least $100",
      ["headline": WeeklyRows.headline(priced: 0)]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost about $100",
      ["headline": WeeklyRows.headline(), "confidence": WeeklyRows.sure(undescribed: "0.26", mostlyUndescribed: 1)]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100",
      ["headline": WeeklyRows.headline(), "confidence": WeeklyRows.sure(undescribed: "0.25")]),
    SentenceCase(
      "weekly-headline",
      "AWS Batch cost $100. How much of it no job used is unknown: nobody knows where 6 of 100 attempts ran.",
      [
        "headline": WeeklyRows.headline(unused: "0.98"), "confidence": WeeklyRows.sure(unplaced: "6"),
        "totals": "attempts\n100",
      ]),
    SentenceCase(
      "weekly-headline", "AWS Batch cost $100. Of every dollar, 98 cents bought capacity no job used.",
      [
        "headline": WeeklyRows.headline(unused: "0.98"), "confidence": WeeklyRows.sure(unplaced: "5"),
        "totals": "attempts\n100",
      ]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. Nobody described the instances of 40% of the cost: when "
        + "they started is known only from their registration or their jobs.",
      ["headline": WeeklyRows.lede("2"), "confidence": WeeklyRows.sure(undescribed: "0.4", mostlyUndescribed: 1)]),
    SentenceCase(
      "weekly-lede", "Two On-Demand m5.xlarge instances took $12, all of the cost.",
      [
        "headline": WeeklyRows.lede("2", idle: "1"), "confidence": WeeklyRows.sure(unplaced: "6"),
        "totals": "attempts|unpriced_seconds|unplaced_seconds\n100|0|0",
      ]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. There is no whole period before this one to compare with.",
      ["headline": WeeklyRows.lede("2", compares: 0)]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. 43% of what ran the week before has no price, so the two are not compared.",
      ["headline": WeeklyRows.lede("2", compares: 0, unpriced: "0", unpricedBefore: "0.43")]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. 43% of what ran has no price, so it is not compared with the week before.",
      ["headline": WeeklyRows.lede("2", compares: 0, unpriced: "0.43", unpricedBefore: "0.002")]),
    SentenceCase(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. This period is not over, so it is not compared with the week before.",
      ["headline": WeeklyRows.lede("2", compares: 0, complete: 0)]),
    SentenceCase(
      "weekly-lede", "All of it ran on Fargate: 1 job began.",
      [
        "headline": WeeklyRows.lede("", fargate: "1"),
        "totals": "instances|jobs|unpriced_seconds|unplaced_seconds\n0|1|0|0",
      ]),
    // SageMaker's training jobs do not run on the account's instances either.
    SentenceCase(
      "weekly-lede", "",
      ["headline": WeeklyRows.lede(""), "totals": "instances|jobs|unpriced_seconds|unplaced_seconds\n0|1|0|0"]),
    SentenceCase("weekly-lede", "", ["headline": "cost_usd|ran\n0|0"]),
    SentenceCase(
      "weekly-lede", "The two weeks before cost nothing either.",
      ["headline": "cost_usd|ran\n0|0", "cost-by-week": "cost_usd\n0\n0\n0"]),
    SentenceCase(
      "weekly-lede", "The week before cost nothing either.",
      ["headline": "cost_usd|ran\n0|0", "cost-by-week": "cost_usd\n0\n0"]),
    SentenceCase("weekly-lede", "", ["headline": "cost_usd|ran\n0|0", "cost-by-week": "cost_usd\n3\n0\n0"]),
    SentenceCase("weekly-lede", "", ["headline": "cost_usd|ran\n0|0", "cost-by-week": "week|cost_usd\n1|\n2|0"]),
    SentenceCase(
      "weekly-unpriced",
      "1 attempt began, but no instance, or no price, is known for it. Once instances, list prices and Spot prices "
        + "are collected too, this report says what it cost.",
      ["totals": "cost_usd|attempts|unplaced_seconds\n|1|0"]),
    SentenceCase(
      "weekly-unpriced",
      "1 attempt began, but no price is known for it: in a Capacity Block, which is paid for by a fee at purchase.",
      [
        "totals": "cost_usd|attempts|unplaced_seconds\n|1|0",
        "findings-by-check":
          "check_name|message|messages\nunpriced|in a Capacity Block, which is paid for by a fee at purchase|1",
      ]),
    SentenceCase(
      "weekly-unpriced",
      "2 attempts began, but no instance, or no price, is known for any of them. Once instances, list prices and Spot prices "
        + "are collected too, this report says what they cost.",
      ["totals": "cost_usd|attempts|unplaced_seconds\n|2|60"]),
    SentenceCase(
      "weekly-unpriced",
      "Nothing that ran in this period was collected. `batchcost query cost-by-week` lists the weeks that were.",
      ["totals": "cost_usd|attempts\n|0"]),
    SentenceCase("weekly-unpriced", "", ["totals": "cost_usd|attempts\n0|0"]),
    SentenceCase("weekly-unused-detail", "nothing was paid for", ["headline": "unused_share|unused_share_change\n|"]),
    SentenceCase("weekly-success-name", "All cost per success", ["headline": "unused_usd\n4"]),
    SentenceCase("weekly-success-name", "Cost per success", ["headline": "unused_usd\n"], scope: .jobs),
    SentenceCase("weekly-unused-detail", "20% of cost", ["headline": "unused_share|unused_share_change\n0.2|"]),
    SentenceCase(
      "weekly-unused-detail", "share of cost: 20%", ["headline": "unused_share|unused_share_change\n0.2|0.004"]),
    SentenceCase("weekly-unused-detail", "to 20% of cost", ["headline": "unused_share|unused_share_change\n0.2|-0.05"]),
    SentenceCase(
      "weekly-daily-title", "",
      ["cost-by-day-part": "day|cost_usd\n1|5\n2|0", "headline": "unused_days|full_days\n1|1"]),
    SentenceCase("weekly-daily-title", "Cost by day", WeeklyRows.daily("0", "5")),
    SentenceCase(
      "weekly-daily-title", "Unused capacity cost more than work on the one whole day on which something ran",
      WeeklyRows.daily("1", "1")),
    SentenceCase(
      "weekly-daily-title", "Unused capacity cost more than work on two of seven days", WeeklyRows.daily("2", "7")),
    SentenceCase(
      "weekly-daily-title", "Unused capacity cost more than work on all seven days", WeeklyRows.daily("7", "7")),
    SentenceCase(
      "weekly-daily-title", "Unused capacity cost more than work on both days on which something ran",
      WeeklyRows.daily("2", "2")),
    SentenceCase(
      "weekly-daily-title", "Unused capacity cost more than work on one of the three days on which something ran",
      WeeklyRows.daily("1", "3")),
    SentenceCase(
      "weekly-changes-title", "What to change first", ["right-sizing-totals": "three_saving_usd|changes\n|0"]),
    SentenceCase(
      "weekly-changes-title", "One change is worth up to $59 a week",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|1|1"]),
    SentenceCase(
      "weekly-changes-title", "Two changes are worth up to $59 a week, without overlap",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|2|1"]),
    SentenceCase(
      "weekly-changes-title", "Three changes are worth up to $59 a week, without overlap",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|9|1"]),
    SentenceCase(
      "weekly-changes-title", "Three changes are worth up to $59 in the days so far, without overlap",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|9|0"]),
  ]

  @Test(arguments: headlines + ledes) func said(_ item: SentenceCase) throws {
    #expect(try item.said() == item.expected)
  }
}
