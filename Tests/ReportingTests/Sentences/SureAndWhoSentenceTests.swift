import Testing

@testable import Reporting

/// How sure the weekly report is, and who bore the cost.
@Suite struct SureAndWhoSentenceTests {
  static let sureness: [SentenceCase] = [
    SentenceCase(
      "weekly-how-sure", "All that ran has a price: $12 from the price list.", ["confidence": WeeklyRows.sure()]),
    SentenceCase(
      "weekly-how-sure",
      "99.0% of what ran has a price: $5.00 from Spot history, $12 from the price list. Left out and not counted as zero: "
        + "2.0 h of billed time without a price, 1 attempt on unknown instances (60 s).",
      ["confidence": WeeklyRows.sure(priced: "0.99", spot: "5", unpriced: "7200", unplaced: "1")]),
    SentenceCase(
      "weekly-how-sure",
      "99.0% of what ran has a price: $12 from the price list. Left out and not counted as zero: 5 min of billed "
        + "time without a price, 1 instance of which nobody knows when it ran.",
      ["confidence": WeeklyRows.sure(priced: "0.99", unpriced: "300", lifeless: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. Left out and not counted as zero: 14 EBS volumes without a price.",
      ["confidence": WeeklyRows.sure(volumes: 14)]),
    SentenceCase(
      "weekly-how-sure",
      "Nothing that ran has a price. Left out and not counted as zero: 24.0 h of billed time without a price.",
      ["confidence": WeeklyRows.sure(priced: "0", list: "0", unpriced: "86400")]),
    SentenceCase(
      "weekly-how-sure", "More than 99.9% of what ran has a price: $12 from the price list.",
      ["confidence": WeeklyRows.sure(priced: "0.9999")]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. 9% of the cost is of instances whose start is known only from "
        + "their registration or their jobs: they may have cost more.",
      ["confidence": WeeklyRows.sure(undescribed: "0.09")]),
    SentenceCase(
      "weekly-how-sure", "All that ran has a price: $12 from the price list.",
      ["confidence": WeeklyRows.sure(undescribed: "0.009")]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. EBS volumes and public addresses are not in these numbers: none "
        + "was collected.",
      ["confidence": WeeklyRows.sure(storage: 1, addresses: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. Public addresses of Fargate tasks are not in these numbers: none was "
        + "collected.",
      ["confidence": WeeklyRows.sure(taskAddresses: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. No job was collected, so all of the cost counts as unused.",
      ["confidence": WeeklyRows.sure(jobless: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. One file could not be read, or not to its end: what ran may cost "
        + "more, and less of it may be unused.",
      ["confidence": WeeklyRows.sure(unread: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. Two files could not be read, or not to their end: what ran may "
        + "cost more, and less of it may be unused.",
      ["confidence": WeeklyRows.sure(unread: 2)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. 1 instance still running at collection is charged to 05:20 UTC.",
      ["confidence": WeeklyRows.sure(open: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. 2 instances still running at collection are charged to 05:20 UTC.",
      ["confidence": WeeklyRows.sure(open: 2)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $8.00 from the bill, $12 from the price list. The bill covers six of these seven days, 26 Oct to "
        + "31 Oct.",
      [
        "confidence": WeeklyRows.sure(bill: "8"),
        "weekly-titles": "bill_days|bill_from|bill_to\n6|2026-10-26|2026-10-31",
      ]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. 1 task still running at collection is charged to 05:20 UTC.",
      ["confidence": WeeklyRows.sure(openTasks: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. 2 instances and 1 task still running at collection are charged to 05:20 "
        + "UTC.",
      ["confidence": WeeklyRows.sure(open: 2, openTasks: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $12 from the price list. The capacity of 1 instance is unknown: what was free beside jobs is in "
        + "the cost of these jobs.",
      ["confidence": WeeklyRows.sure(unsized: 1)]),
    SentenceCase(
      "weekly-how-sure",
      "All that ran has a price: $8.00 from the bill, $12 from the price list. The bill covers one of these seven days, 28 Oct. It "
        + "lacks $9.00 of what ran then.",
      [
        "confidence": WeeklyRows.sure(bill: "8"),
        "weekly-titles": "bill_days|bill_from|bill_to\n1|2026-10-28|2026-10-28",
        "bill-difference": "what|cost_usd\nIn the ledger, not in the bill|-9", "headline": "cost_usd\n20",
      ]),
    SentenceCase(
      "weekly-how-sure", "All that ran has a price: $8.00 from the bill. The bill covers all of these days.",
      [
        "confidence": WeeklyRows.sure(list: "0", bill: "8"),
        "weekly-titles": "bill_days|bill_from|bill_to\n7|2026-10-26|2026-11-01",
      ]),
    SentenceCase(
      "weekly-how-sure", "Nothing ran that has a price.",
      ["confidence": WeeklyRows.sure(priced: ""), "totals": "attempts\n0", "headline": "ran\n1"]),
    SentenceCase(
      "weekly-how-sure", "Nothing ran.",
      ["confidence": WeeklyRows.sure(priced: ""), "totals": "attempts\n0", "headline": "ran\n0"]),
    SentenceCase(
      "weekly-tag-title", "An empty value makes up three fifths of the work",
      ["tag-keys": "tag\nteam", "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n||0.6"]),
    SentenceCase(
      "weekly-how-sure", "No price is known for anything that ran.",
      [
        "confidence": WeeklyRows.sure(priced: ""),
        "totals": "attempts|unplaced_seconds|unpriced_seconds|instances\n2|0|9|1",
      ]),
  ]

  static let who: [SentenceCase] = [
    SentenceCase(
      "weekly-queue-title", "main takes $9.65, all of the work",
      ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9.65|1"]),
    SentenceCase(
      "weekly-queue-title", "main takes $9.65, nearly all of the work",
      ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9.65|0.999"]),
    SentenceCase(
      "weekly-queue-title", "main takes $9.65",
      ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9.65|1"], scope: .jobs),
    // One of forty.
    SentenceCase(
      "weekly-queue-title", "Cost by job queue",
      ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9.65|0.025"]),
    SentenceCase(
      "weekly-queue-title", "Cost by job queue",
      [
        "weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9|0.5",
        "cost-by-queue": "job_queue|kind|cost_usd\nmain|queue|9\nother|queue|9",
      ]),
    SentenceCase(
      "weekly-queue-title", "Cost by job queue", ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\n||"]),
    SentenceCase(
      "weekly-tag-title", "Two teams make up half of the work",
      [
        "tag-keys": "tag|is_team\nteam|0\nproject|0",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n0.5|a|0.3",
      ]),
    SentenceCase(
      "weekly-tag-title", "Two values of Project make up 44% of the work",
      [
        "tag-keys": "tag|is_team\nProject|1",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n0.44|a|0.3",
      ]),
    SentenceCase(
      "weekly-tag-title", "llm makes up all of the work",
      [
        "tag-keys": "tag|is_team\nProject|1",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n|llm|1",
      ]),
    SentenceCase(
      "weekly-tag-title", "Cost by Project",
      [
        "tag-keys": "tag|is_team\nProject|1",
        "cost-by-tag": "tag_value|kind|cost_usd\na|tagged|4\nb|tagged|2\nc|tagged|2",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n0.75|a|0.5",
      ]),
    // Two of seven equal teams are 29% of them.
    SentenceCase(
      "weekly-tag-title", "Cost by team",
      [
        "tag-keys": "tag|is_team\nteam|1",
        "cost-by-tag":
          "tag_value|kind|cost_usd\na|tagged|15\nb|tagged|15\nc|tagged|13\nd|tagged|13\ne|tagged|13\nf|tagged|13\ng|tagged|13",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n0.316|a|0.158",
      ]),
    // A single value that all jobs have.
    SentenceCase(
      "weekly-tag-title", "",
      [
        "tag-keys": "tag|is_team\nteam|1", "cost-by-tag": "tag_value|kind|cost_usd\nml|tagged|15",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n|ml|1",
      ]),
    // Nearly equal.
    SentenceCase(
      "weekly-queue-title", "Cost by job queue",
      [
        "weekly-titles": "top_queue|top_queue_usd|top_queue_share\nq1|29.17|0.2013",
        "cost-by-queue":
          "job_queue|kind|cost_usd\nq1|queue|29.17\nq2|queue|29.01\nq3|queue|28.99\nq4|queue|28.8\nq5|queue|28.77",
      ]),
    SentenceCase(
      "weekly-definition-title", "solver alone is more than 99% of the work",
      ["weekly-titles": "top_definition|top_definition_usd|top_definition_share\nsolver|1012|0.996"]),
    SentenceCase("weekly-tag-title", ""),
    SentenceCase(
      "weekly-tag-subtitle", "Cost by tag *team*, which covers most of the cost, USD, children with their parents",
      ["tag-keys": "tag|is_team\nteam|0\nproject|0"]),
    SentenceCase(
      "weekly-tag-subtitle", "Cost by tag *Project*, USD, children with their parents",
      ["tag-keys": "tag|is_team\nProject|1\nteam|0"]),
    SentenceCase(
      "weekly-definition-title", "train is all of the work",
      ["weekly-titles": "top_definition|top_definition_usd|top_definition_share\ntrain|2|1"]),
    SentenceCase(
      "weekly-definition-title", "train alone is 88% of the work",
      ["weekly-titles": "top_definition|top_definition_usd|top_definition_share\ntrain|2|0.88"]),
    SentenceCase(
      "weekly-definition-title", "", ["weekly-titles": "top_definition|top_definition_usd|top_definition_share\n||"]),
    SentenceCase(
      "weekly-definition-title", "Cost by job definition",
      [
        "weekly-titles": "top_definition|top_definition_usd|top_definition_share\ntrain|2|0.5",
        "cost-by-job-definition": "step|kind|cost_usd\ntrain|definition|2\nalign|definition|2",
      ]),
    SentenceCase(
      "weekly-definition-title", "train alone is 67% of the work",
      [
        "weekly-titles": "top_definition|top_definition_usd|top_definition_share\ntrain|2|0.6667",
        "cost-by-job-definition": "step|kind|cost_usd\ntrain|definition|2\n|unused|2\nalign|definition|1",
      ]),
    SentenceCase(
      "weekly-places-title", "",
      [
        "cost-by-account": "account|cost_usd|share|places\nA1|5|1|1",
        "cost-by-region": "region|cost_usd|share|places\neu-west-1|5|1|1",
      ]),
    SentenceCase(
      "weekly-places-title", "Account A1 took $5.00, half of the cost",
      [
        "cost-by-account": "account|cost_usd|share|places\nA1|5|0.5|2",
        "cost-by-region": "region|cost_usd|share|places\neu-west-1|5|1|1",
      ]),
    SentenceCase(
      "weekly-places-title", "eu-west-1 took $5.00, 71% of the cost",
      [
        "cost-by-account": "account|cost_usd|share|places\nA1|5|1|1",
        "cost-by-region": "region|cost_usd|share|places\neu-west-1|5|0.71|3",
      ]),
  ]

  @Test(arguments: sureness + who) func said(_ item: SentenceCase) throws { #expect(try item.said() == item.expected) }
}
