import Testing

@testable import Reporting

/// Sentences about costs around jobs.
@Suite struct AroundSentenceTests {
  private static func around(_ rows: String...) -> [String: String] {
    let columns = "kind|job_queue|billed_usd|estimated_usd|attributed_usd|unattributed_usd\n"
    return ["around-jobs": columns + rows.joined(separator: "\n")]
  }

  /// Everything else that the last paragraph reports is set and known.
  private static func alone(_ rows: String...) -> [String: String] {
    [
      "around-jobs": around(rows.joined(separator: "\n"))["around-jobs"] ?? "", "budgets": "budgets\n1",
      "retry-cost": "cause\nx", "headline": "ran\n1", "bill-difference": "what\nx", "restated-days": "day\nx",
      "forecast": "expected_usd|high_usd\n12|20", "outlook-titles": "week_usd|anomalies\n12|1",
    ]
  }

  static let cases: [SentenceCase] = [
    SentenceCase("weekly-around-title", ""),
    SentenceCase(
      "weekly-around-title", "$0.75 more was spent around the jobs, all of it on logs of large",
      around("logs|large||0.75|0.75|12", "logs||12||0.75|12")),
    SentenceCase(
      "weekly-around-title", "$14 more was spent around the jobs; EFS of large took the largest part",
      around("efs|large|12||14|0", "cross-zone|small||2|14|0")),
    SentenceCase("weekly-around-title", "", around("s3||12||0|12")),
    SentenceCase("weekly-around-title", "", around("logs|large||0.004|0.004|0")),
    SentenceCase("weekly-around-rest", ""), SentenceCase("weekly-around-rest", "", around("efs|large|12||12|0")),
    SentenceCase(
      "weekly-around-rest",
      "The bill of these accounts has $19 more of this kind, attributed to no job: NAT gateways $12, S3 $4.00 and other data transfer $3.00.",
      around(
        "logs|large||0.75|0.75|19", "nat||12||0.75|19", "s3||4||0.75|19", "data-transfer||3||0.75|19",
        "fsx||0.001||0.75|19")
    ),
    SentenceCase(
      "weekly-not-shown", "The bill of these accounts has $12 around jobs, attributed to none: FSx $12.",
      alone("fsx||12||0|12")),
    SentenceCase("weekly-not-shown", "", alone("logs|large||0.75|0.75|12", "logs||12||0.75|12")),
    SentenceCase("run-around-title", ""),
    SentenceCase("run-around-title", "", ["run-around": "kind|total_usd\nlogs|0.004"]),
    SentenceCase(
      "run-around-title", "$0.75 more was spent around it, all of it on logs",
      ["run-around": "kind|total_usd\nlogs|0.75", "run-summary": "jobs\n1"]),
    SentenceCase(
      "run-around-title", "$2.75 more was spent around them; EFS took the largest part",
      ["run-around": "kind|total_usd\nefs|2.75\nlogs|2.75", "run-summary": "jobs\n2"]),
    SentenceCase("around-kind", "Logs", row: "kind\nlogs"),
    SentenceCase("around-kind", "NAT gateways", row: "kind\nnat"),
    SentenceCase("around-kind", "Transfer between zones", row: "kind\ncross-zone"),
    SentenceCase("around-kind", "EFS", row: "kind\nefs"),
  ]

  @Test(arguments: cases) func around(_ item: SentenceCase) throws { #expect(try item.said() == item.expected) }
}
