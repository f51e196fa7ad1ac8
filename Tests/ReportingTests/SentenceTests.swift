import Domain
import Testing

@testable import Reporting

/// Every form a sentence can take, from literal rows.
@Suite struct SentenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var expected: String
    var tables: [String: String]
    var days = 7
    var isNarrowed = false
    /// For a column's sentence, the row of its table.
    var row: String?
    var testDescription: String { "\(name): \(expected)" }

    init(
      _ name: String, _ expected: String, _ tables: [String: String] = [:], days: Int = 7, isNarrowed: Bool = false,
      row: String? = nil
    ) {
      (self.name, self.expected, self.tables, self.days, self.row) = (name, expected, tables, days, row)
      self.isNarrowed = isNarrowed
    }
  }

  /// Columns and one row, by name.
  static func row(_ values: KeyValuePairs<String, String>) -> String {
    values.map(\.key).joined(separator: "|") + "\n" + values.map(\.value).joined(separator: "|")
  }

  static func say(_ item: Case) throws -> String {
    let source = FixtureSource(item.tables)
    let writer = FactWriter(formatter: Formatter(locale: .english))
    var facts = Facts(writer: writer) { query in
      source.results[query] ?? DataTable([])
    }
    facts.days = item.days
    facts.isNarrowed = item.isNarrowed
    if let row = item.row {
      facts.row = FactRow(query: "table", result: FixtureSource.result(row), index: 0, writer: writer)
    }
    return try #require(Sentence.named(item.name)).words(facts)
  }

  static func headline(
    cost: String = "100", previous: String = "", change: String = "", changeUSD: String = "", ran: Int = 1,
    complete: Int = 1, unused: String = "0", billed: String = "0", before: String = ""
  ) -> String {
    row([
      "cost_usd": cost, "previous_cost_usd": previous, "change": change, "change_usd": changeUSD,
      "compares": previous.isEmpty ? "0" : "1", "ran": "\(ran)", "last_day_complete": "\(complete)",
      "unused_share": unused, "billed_share": billed, "previous_billed_share": before,
    ])
  }

  static let headlines: [Case] = [
    Case("weekly-headline", "AWS Batch cost $100", ["headline": headline()]),
    Case("weekly-headline", "AWS Batch cost $100 so far", ["headline": headline(complete: 0)]),
    Case(
      "weekly-headline", "AWS Batch cost $100, as much as the week before",
      ["headline": headline(previous: "100", change: "0")]),
    Case(
      "weekly-headline", "AWS Batch cost $100, as much as the week before",
      ["headline": headline(previous: "100.4", change: "-0.004")]),
    Case("weekly-headline", "AWS Batch cost $100, up 25%", ["headline": headline(previous: "80", change: "0.25")]),
    Case("weekly-headline", "AWS Batch cost $100, down 20%", ["headline": headline(previous: "125", change: "-0.2")]),
    Case(
      "weekly-headline", "AWS Batch cost $100, up from $0.24",
      ["headline": headline(previous: "0.24", change: "415.67")]),
    Case(
      "weekly-headline", "These jobs cost $100, up 25%", ["headline": headline(previous: "80", change: "0.25")],
      isNarrowed: true),
    Case(
      "weekly-headline", "AWS Batch cost $100 after nothing the week before", ["headline": headline(previous: "0")]),
    Case(
      "weekly-headline", "AWS Batch cost $100 after nothing the 3 days before", ["headline": headline(previous: "0")],
      days: 3),
    Case(
      "weekly-headline", "AWS Batch cost $100, as much as the day before",
      ["headline": headline(previous: "100", change: "0")], days: 1),
    Case(
      "weekly-headline", "AWS Batch cost $100, up 25% (by the bill; the week before is mostly estimated)",
      ["headline": headline(previous: "80", change: "0.25", billed: "0.9", before: "0")]),
    Case(
      "weekly-headline", "AWS Batch cost $100, up 25% (mostly estimated; the week before by the bill)",
      ["headline": headline(previous: "80", change: "0.25", billed: "0", before: "1")]),
    Case("weekly-headline", "Nothing ran and AWS Batch cost $0", ["headline": headline(cost: "0", ran: 0, unused: "")]),
    Case(
      "weekly-headline", "Nothing ran so far and AWS Batch cost $0",
      ["headline": headline(cost: "0", ran: 0, complete: 0, unused: "")]),
    Case(
      "weekly-headline", "Nothing ran and AWS Batch cost $0, after $12 the week before",
      ["headline": headline(cost: "0", previous: "12.1", ran: 0, unused: "")]),
    Case(
      "weekly-headline", "The cost of AWS Batch is unknown: nothing that ran has a price",
      ["headline": headline(cost: ""), "totals": "attempts\n3"]),
    Case(
      "weekly-headline", "There is no data for these days", ["headline": headline(cost: ""), "totals": "attempts\n0"]),
    Case(
      "weekly-headline", "AWS Batch cost $100. Of every dollar, 52 cents bought capacity no job used.",
      ["headline": headline(unused: "0.52")]),
    Case(
      "weekly-headline", "AWS Batch cost $100. Of every dollar, 1 cent bought capacity no job used.",
      ["headline": headline(unused: "0.0149")]),
    Case(
      "weekly-headline", "AWS Batch cost $100. Of every dollar, less than a cent bought capacity no job used.",
      ["headline": headline(unused: "0.004")]),
    Case(
      "weekly-headline", "AWS Batch cost $100. All of it bought capacity that no job used.",
      ["headline": headline(unused: "1")]),
  ]

  static func lede(
    _ instances: String, share: String = "1", idle: String = "", saving: String = "", compares: Int = 1,
    complete: Int = 1, fargate: String = "0", option: String = "on-demand"
  ) -> String {
    row([
      "cost_usd": "20", "ran": "1", "top_type": instances.isEmpty ? "" : "m5.xlarge", "top_type_option": option,
      "top_type_usd": "12", "top_type_instances": instances, "top_type_share": share, "top_type_unused_share": idle,
      "net_saving_usd": saving, "compares": "\(compares)", "fargate_share": fargate,
      "last_day_complete": "\(complete)",
    ])
  }

  static func daily(_ unused: String, _ full: String) -> [String: String] {
    ["cost-by-day-part": "day|cost_usd\n1|5\n2|5", "headline": "unused_days|full_days\n\(unused)|\(full)"]
  }

  static let ledes: [Case] = [
    Case(
      "weekly-lede",
      "One On-Demand m5.xlarge instance took $12, all of the cost, and a fifth of what it offered was not used.",
      ["headline": lede("1", idle: "0.2")]),
    Case(
      "weekly-lede", "Two On-Demand m5.xlarge instances took $12, 60% of the cost.",
      ["headline": lede("2", share: "0.6")]),
    Case(
      "weekly-lede", "One m5.xlarge instance took $12, all of the cost.",
      ["headline": lede("1", option: "unknown")]),
    Case(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. Spot saved $58 after lost work and re-runs.",
      ["headline": lede("2", saving: "57.91")]),
    Case(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. Lost work and re-runs cost $3.00 more than Spot saved.",
      ["headline": lede("2", saving: "-3")]),
    Case(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. There is no whole period before it to compare with.",
      ["headline": lede("2", compares: 0)]),
    Case(
      "weekly-lede",
      "Two On-Demand m5.xlarge instances took $12, all of the cost. It is not over, so it is not compared with the week before.",
      ["headline": lede("2", compares: 0, complete: 0)]),
    Case(
      "weekly-lede", "All of it ran on Fargate: 1 job began.",
      ["headline": lede("", fargate: "1"), "totals": "instances|jobs|unpriced_seconds|unplaced_seconds\n0|1|0|0"]),
    // SageMaker's training jobs do not run on the account's instances either.
    Case(
      "weekly-lede", "", ["headline": lede(""), "totals": "instances|jobs|unpriced_seconds|unplaced_seconds\n0|1|0|0"]),
    Case("weekly-lede", "", ["headline": "cost_usd|ran\n0|0"]),
    Case(
      "weekly-lede", "The two weeks before cost nothing either.",
      ["headline": "cost_usd|ran\n0|0", "cost-by-week": "cost_usd\n0\n0\n0"]),
    Case(
      "weekly-lede", "The week before cost nothing either.",
      ["headline": "cost_usd|ran\n0|0", "cost-by-week": "cost_usd\n0\n0"]),
    Case("weekly-lede", "", ["headline": "cost_usd|ran\n0|0", "cost-by-week": "cost_usd\n3\n0\n0"]),
    Case("weekly-lede", "", ["headline": "cost_usd|ran\n0|0", "cost-by-week": "week|cost_usd\n1|\n2|0"]),
    Case(
      "weekly-unpriced",
      "1 attempt began, but no instance, or no price, is known for it. Once instances, list prices and Spot prices "
        + "are collected too, this report says what it cost.",
      ["totals": "cost_usd|attempts|unplaced_seconds\n|1|0"]),
    Case(
      "weekly-unpriced",
      "1 attempt began, but no price is known for it: in a Capacity Block, which is paid for by a fee at purchase.",
      [
        "totals": "cost_usd|attempts|unplaced_seconds\n|1|0",
        "findings-by-check":
          "check_name|message|messages\nunpriced|in a Capacity Block, which is paid for by a fee at purchase|1",
      ]),
    Case(
      "weekly-unpriced",
      "2 attempts began, but no instance, or no price, is known for any of them. Once instances, list prices and Spot prices "
        + "are collected too, this report says what they cost.",
      ["totals": "cost_usd|attempts|unplaced_seconds\n|2|60"]),
    Case(
      "weekly-unpriced",
      "Nothing that ran in this period was collected. `batchcost query cost-by-week` lists the weeks that were.",
      ["totals": "cost_usd|attempts\n|0"]),
    Case("weekly-unpriced", "", ["totals": "cost_usd|attempts\n0|0"]),
    Case("weekly-unused-detail", "nothing was paid for", ["headline": "unused_share|unused_share_change\n|"]),
    Case("weekly-unused-detail", "20% of cost", ["headline": "unused_share|unused_share_change\n0.2|"]),
    Case("weekly-unused-detail", "at 20% of cost", ["headline": "unused_share|unused_share_change\n0.2|0.004"]),
    Case("weekly-unused-detail", "to 20% of cost", ["headline": "unused_share|unused_share_change\n0.2|-0.05"]),
    Case(
      "weekly-daily-title", "",
      ["cost-by-day-part": "day|cost_usd\n1|5\n2|0", "headline": "unused_days|full_days\n1|1"]),
    Case("weekly-daily-title", "Cost by day", daily("0", "5")),
    Case(
      "weekly-daily-title", "Unused capacity cost more than work on the one whole day on which something ran",
      daily("1", "1")),
    Case("weekly-daily-title", "Unused capacity cost more than work on two of seven days", daily("2", "7")),
    Case("weekly-daily-title", "Unused capacity cost more than work on all seven days", daily("7", "7")),
    Case(
      "weekly-daily-title", "Unused capacity cost more than work on both days on which something ran", daily("2", "2")),
    Case(
      "weekly-daily-title", "Unused capacity cost more than work on one of the three days on which something ran",
      daily("1", "3")),
    Case("weekly-changes-title", "What to change first", ["right-sizing-totals": "three_saving_usd|changes\n|0"]),
    Case(
      "weekly-changes-title", "One change is worth up to $59 a week",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|1|1"]),
    Case(
      "weekly-changes-title", "Two changes are worth up to $59 a week, without overlap",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|2|1"]),
    Case(
      "weekly-changes-title", "Three changes are worth up to $59 a week, without overlap",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|9|1"]),
    Case(
      "weekly-changes-title", "Three changes are worth up to $59 in the days so far, without overlap",
      ["right-sizing-totals": "three_saving_usd|changes|is_whole_week\n59|9|0"]),
  ]

  static func sure(
    priced: String = "1", spot: String = "0", list: String = "12", bill: String = "0", unpriced: String = "0",
    unplaced: String = "0", lifeless: Int = 0, storage: Int = 0, addresses: Int = 0, open: Int = 0
  ) -> String {
    row([
      "priced_share": priced, "billed_usd": bill, "spot_history_usd": spot, "price_list_usd": list, "bundled_usd": "0",
      "manual_usd": "0", "unpriced_seconds": unpriced, "unplaced_attempts": unplaced, "unplaced_seconds": "60",
      "lifeless_instances": "\(lifeless)", "storage_unknown": "\(storage)", "addresses_unknown": "\(addresses)",
      "open_instances": "\(open)", "collected_at": "2026-11-02T05:20:00Z",
    ])
  }

  static let sureness: [Case] = [
    Case("weekly-how-sure", "All billed time is priced: $12 from the price list.", ["confidence": sure()]),
    Case(
      "weekly-how-sure",
      "99.0% of billed time is priced: $5.00 from Spot history, $12 from the price list. Left out and not counted as zero: "
        + "2.0 h of instances without a price, 1 attempt on unknown instances (60 s).",
      ["confidence": sure(priced: "0.99", spot: "5", unpriced: "7200", unplaced: "1")]),
    Case(
      "weekly-how-sure",
      "99.0% of billed time is priced: $12 from the price list. Left out and not counted as zero: 5 min of instances "
        + "without a price, 1 instance of which nobody knows when it ran.",
      ["confidence": sure(priced: "0.99", unpriced: "300", lifeless: 1)]),
    Case(
      "weekly-how-sure",
      "No billed time is priced. Left out and not counted as zero: 24.0 h of instances without a price.",
      ["confidence": sure(priced: "0", list: "0", unpriced: "86400")]),
    Case(
      "weekly-how-sure", "More than 99.9% of billed time is priced: $12 from the price list.",
      ["confidence": sure(priced: "0.9999")]),
    Case(
      "weekly-how-sure",
      "All billed time is priced: $12 from the price list. EBS volumes and public addresses are not in these numbers: none "
        + "was collected.",
      ["confidence": sure(storage: 1, addresses: 1)]),
    Case(
      "weekly-how-sure",
      "All billed time is priced: $12 from the price list. 1 instance still running at collection is charged to 05:20 UTC.",
      ["confidence": sure(open: 1)]),
    Case(
      "weekly-how-sure",
      "All billed time is priced: $12 from the price list. 2 instances still running at collection are charged to 05:20 UTC.",
      ["confidence": sure(open: 2)]),
    Case(
      "weekly-how-sure",
      "All billed time is priced: $8.00 from the bill, $12 from the price list. The bill covers six of these seven days, 26 Oct to "
        + "31 Oct.",
      [
        "confidence": sure(bill: "8"),
        "weekly-titles": "bill_days|bill_from|bill_to\n6|2026-10-26|2026-10-31",
      ]),
    Case(
      "weekly-how-sure", "All billed time is priced: $8.00 from the bill. The bill covers all of these days.",
      [
        "confidence": sure(list: "0", bill: "8"),
        "weekly-titles": "bill_days|bill_from|bill_to\n7|2026-10-26|2026-11-01",
      ]),
    Case(
      "weekly-how-sure", "Nothing ran that has a price.",
      ["confidence": sure(priced: ""), "totals": "attempts\n0"]),
    Case(
      "weekly-how-sure", "No price is known for anything that ran.",
      ["confidence": sure(priced: ""), "totals": "attempts\n2"]),
  ]

  static let who: [Case] = [
    Case(
      "weekly-queue-title", "main takes $9.65, all of the work",
      ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9.65|1"]),
    Case(
      "weekly-queue-title", "main takes $9.65, nearly all of the work",
      ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9.65|0.999"]),
    Case(
      "weekly-queue-title", "main takes $9.65",
      ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\nmain|9.65|1"], isNarrowed: true),
    Case("weekly-queue-title", "Cost by job queue", ["weekly-titles": "top_queue|top_queue_usd|top_queue_share\n||"]),
    Case(
      "weekly-tag-title", "Two teams make up half of the work",
      [
        "tag-keys": "tag|is_team\nteam|0\nproject|0",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n0.5|a|0.3",
      ]),
    Case(
      "weekly-tag-title", "Two values of Project make up 44% of the work",
      [
        "tag-keys": "tag|is_team\nProject|1",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n0.44|a|0.3",
      ]),
    Case(
      "weekly-tag-title", "llm makes up all of the work",
      [
        "tag-keys": "tag|is_team\nProject|1",
        "weekly-titles": "top_two_tags_share|top_tag|top_tag_share\n|llm|1",
      ]),
    Case("weekly-tag-title", ""),
    Case(
      "weekly-tag-subtitle", "Cost by tag *team*, which covers most of the cost, USD, children with their parents",
      ["tag-keys": "tag|is_team\nteam|0\nproject|0"]),
    Case(
      "weekly-tag-subtitle", "Cost by tag *Project*, USD, children with their parents",
      ["tag-keys": "tag|is_team\nProject|1\nteam|0"]),
    Case(
      "weekly-definition-title", "train is all of the work",
      ["weekly-titles": "top_definition|top_definition_usd|top_definition_share\ntrain|2|1"]),
    Case(
      "weekly-definition-title", "train alone is 88% of the work",
      ["weekly-titles": "top_definition|top_definition_usd|top_definition_share\ntrain|2|0.88"]),
    Case(
      "weekly-definition-title", "", ["weekly-titles": "top_definition|top_definition_usd|top_definition_share\n||"]),
    Case(
      "weekly-places-title", "",
      [
        "cost-by-account": "account|cost_usd|share|places\nA1|5|1|1",
        "cost-by-region": "region|cost_usd|share|places\neu-west-1|5|1|1",
      ]),
    Case(
      "weekly-places-title", "Account A1 took $5.00, half of the cost",
      [
        "cost-by-account": "account|cost_usd|share|places\nA1|5|0.5|2",
        "cost-by-region": "region|cost_usd|share|places\neu-west-1|5|1|1",
      ]),
    Case(
      "weekly-places-title", "eu-west-1 took $5.00, 71% of the cost",
      [
        "cost-by-account": "account|cost_usd|share|places\nA1|5|1|1",
        "cost-by-region": "region|cost_usd|share|places\neu-west-1|5|0.71|3",
      ]),
  ]

  static let change: [Case] = [
    Case("weekly-why-heading", "Week by week", ["headline": headline()]),
    Case(
      "weekly-why-heading", "As much as the week before", ["headline": headline(previous: "100", changeUSD: "0.001")]),
    Case(
      "weekly-why-heading", "Why it changed: −$20 against the week before",
      ["headline": headline(previous: "120", changeUSD: "-20")]),
    Case(
      "weekly-bridge-title", "$20 less than the week before, step by step", ["headline": headline(changeUSD: "-20")]),
    Case("weekly-bridge-title", "$20 more than the week before, step by step", ["headline": headline(changeUSD: "20")]),
    Case("weekly-bridge-title", "Changes that evened out", ["headline": headline(changeUSD: "0")]),
    Case("bridge-step", "More jobs ran", row: "factor|change_usd\nvolume|1"),
    Case("bridge-step", "Fewer jobs ran", row: "factor|change_usd\nvolume|-1"),
    Case("bridge-step", "As many jobs ran", row: "factor|change_usd\nvolume|0.004"),
    Case("bridge-step", "Jobs were smaller", row: "factor|change_usd\nsize|-1"),
    Case("bridge-step", "Prices rose", row: "factor|change_usd\nprice|1"),
    Case("bridge-step", "Less ran On-Demand", row: "factor|change_usd\npurchase option|-1"),
    Case("bridge-step", "Cheaper types and queues", row: "factor|change_usd\nmix|-1"),
    Case("bridge-step", "More was unused", row: "factor|change_usd\nunused|1"),
    Case("bridge-step", "Less retried or failed", row: "factor|change_usd\nretries|-1"),
    Case("bridge-evidence", "15 against 10", row: "factor|now|before\nvolume|15|10"),
    Case("bridge-evidence", "vCPU-hours per job −20.0%", row: "factor|now|before\nsize|8|10"),
    Case("bridge-evidence", "rate of the same pools +7.8%", row: "factor|now|before\nprice|138|128"),
    Case("bridge-evidence", "", row: "factor|now|before\nprice|138|0"),
    Case("bridge-evidence", "67% of vCPU-hours, was 60%", row: "factor|now|before\npurchase option|0.667|0.6"),
    Case("bridge-evidence", "work per vCPU-hour −2.0%", row: "factor|now|before\nmix|0.049|0.05"),
    Case("bridge-evidence", "per dollar of work $0.40, was $0.50", row: "factor|now|before\nunused|0.4|0.5"),
    Case(
      "bridge-evidence", "per dollar of work $0.05, was $0.10",
      row: "factor|now|before\nretries|0.05|0.1"),
    Case("bridge-evidence", "", row: "factor|now|before\nmix||0.05"),
    Case("mover-change", "+25%", row: "change|previous_cost_usd\n0.25|8"),
    Case("mover-change", "from $0.24", row: "change|previous_cost_usd\n183.3|0.24"),
    Case("mover-change", "new", row: "change|previous_cost_usd\n|0"),
    Case(
      "restated-at", "3 Nov 2026 05:20 UTC", row: "by_bill|last_at\n0|2026-11-03T05:20:00Z"),
    Case("restated-at", "by the bill", row: "by_bill|last_at\n1|2026-11-03T05:20:00Z"),
    Case("weekly-movers-title", "train rose most, by $3.86", ["movers": "step|change_usd\ntrain|3.86\n|-9"]),
    Case(
      "weekly-movers-title", "eval fell most, by $5.00", ["movers": "step|change_usd\ntrain|3.86\neval|-5"]),
    Case("weekly-movers-title", "What changed most", ["movers": "step|change_usd\n|-9"]),
    Case("weekly-weeks-title", "", ["cost-by-week": "week|cost_usd\n2026-W44|1"]),
    Case("weekly-weeks-title", "", ["cost-by-week": "week|cost_usd\n2026-W43|0\n2026-W44|0"]),
    Case(
      "weekly-weeks-title", "Cost by week",
      ["cost-by-week": "week|cost_usd\n2026-W43|1\n2026-W44|1", "weekly-titles": "is_dearest_week|weeks\n0|2"]),
    Case(
      "weekly-weeks-title", "The most expensive of two whole weeks",
      ["cost-by-week": "week|cost_usd\n2026-W43|1\n2026-W44|2", "weekly-titles": "is_dearest_week|weeks\n1|2"]),
    Case("weekly-queue-days-title", "", ["queue-days": "job_queue|change_usd\nmain|"]),
    Case("weekly-queue-days-title", "Cost by queue and day", ["queue-days": "job_queue|change_usd\nmain|\ngpu|"]),
    Case(
      "weekly-queue-days-title", "main changed most: $3.86 more than the $5.79 before",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|3.86|5.79|9.65\ngpu|0|1|1"]),
    Case(
      "weekly-queue-days-title", "main changed: $3.86 less than the $9.65 before",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|-3.86|9.65|5.79"]),
    Case(
      "weekly-queue-days-title", "main changed: from nothing to $9.65",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|9.65|0|9.65"]),
    Case(
      "weekly-queue-days-title", "main changed: from $9.65 to nothing",
      ["queue-days": "job_queue|change_usd|previous_usd|period_usd\nmain|-9.65|9.65|0"]),
  ]

  @Test(arguments: headlines + ledes) func firstPage(_ item: Case) throws {
    #expect(try Self.say(item) == item.expected)
  }
  @Test(arguments: sureness + who) func whoAndHowSure(_ item: Case) throws {
    #expect(try Self.say(item) == item.expected)
  }
  @Test(arguments: change) func whyItChanged(_ item: Case) throws { #expect(try Self.say(item) == item.expected) }
}
