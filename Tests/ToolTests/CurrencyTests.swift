import Foundation
import TestSupport
import Testing

/// China is billed in CNY: separate totals, named in every format, never added to dollars.
@Suite struct CurrencyTests {
  /// A c5.xlarge from 10:00 and a job on half of it from 10:15 to 10:45, in the shapes of the AWS CLI.
  private func account(_ region: String, hours: Int, _ currency: String, _ price: String) -> String {
    let partition = currency == "CNY" ? "aws-cn" : "aws"
    func arn(_ service: String, _ rest: String) -> String {
      "arn:\(partition):\(service):\(region):111122223333:\(rest)"
    }
    let container = arn("ecs", "container-instance/AWSBatch-ce/0\(currency.lowercased())")
    return """
      {"computeEnvironments":[{"computeEnvironmentName":"ce","computeEnvironmentArn":
        "\(arn("batch", "compute-environment/ce"))","ecsClusterArn":"\(arn("ecs", "cluster/AWSBatch-ce"))",
        "type":"MANAGED","computeResources":{"type":"EC2"}}]}
      {"jobQueues":[{"jobQueueName":"q","jobQueueArn":"\(arn("batch", "job-queue/q"))",
        "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"\(arn("batch", "compute-environment/ce"))"}]}]}
      {"jobs":[{"jobArn":"\(arn("batch", "job/\(currency)-job"))","jobId":"\(currency)-job","jobName":"one","jobQueue":
        "\(arn("batch", "job-queue/q"))","jobDefinition":"\(arn("batch", "job-definition/d:1"))","status":"SUCCEEDED",
        "createdAt":1777888860000,"startedAt":1777889700000,"stoppedAt":1777891500000,"attempts":[{"container":{
        "containerInstanceArn":"\(container)","taskArn":"\(arn("ecs", "task/AWSBatch-ce/\(currency)"))","exitCode":0},
        "startedAt":1777889700000,"stoppedAt":1777891500000}],"container":{"resourceRequirements":[
        {"type":"VCPU","value":"2"},{"type":"MEMORY","value":"4096"}]},"platformCapabilities":["EC2"]}]}
      {"InstanceTypes":[{"InstanceType":"c5.xlarge","VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":8192}}]}
      {"containerInstances":[{"containerInstanceArn":"\(container)","ec2InstanceId":"i-0\(currency.lowercased())",
        "status":"ACTIVE","registeredAt":"2026-05-04T10:00:00Z"}]}
      {"Reservations":[{"OwnerId":"111122223333","Instances":[{"InstanceId":"i-0\(currency.lowercased())",
        "InstanceType":"c5.xlarge","LaunchTime":"2026-05-04T10:00:00Z","Placement":{"AvailabilityZone":"\(region)a"},
        "State":{"Name":"terminated"},
        "StateTransitionReason":"User initiated (2026-05-04 \(10 + hours):00:00 GMT)"}]}]}
      {"PriceList":[{"product":{"productFamily":"Compute Instance","attributes":{"servicecode":"AmazonEC2",
        "regionCode":"\(region)","usagetype":"X-BoxUsage:c5.xlarge","instanceType":"c5.xlarge",
        "operatingSystem":"Linux","tenancy":"Shared","preInstalledSw":"NA","licenseModel":"No License required",
        "capacitystatus":"Used","location":"x","locationType":"AWS Region"}},"serviceCode":"AmazonEC2","terms":{
        "OnDemand":{"A":{"effectiveDate":"2025-01-01T00:00:00Z","priceDimensions":{"A":{"unit":"Hrs","beginRange":"0",
        "pricePerUnit":{"\(currency)":"\(price)"}}}}}}}]}
      """
  }

  private var china: String { account("cn-north-1", hours: 2, "CNY", "1.4") }
  private var oregon: String { account("us-west-2", hours: 1, "USD", "0.17") }

  private func collected(_ accounts: [String]) async throws -> (tool: Tool, err: String) {
    let tool = try Tool()
    for (index, text) in accounts.enumerated() { try tool.write("account-\(index).json", text) }
    let run = try await tool.run(
      ["collect", "--as-of", "2026-05-11T05:00:00Z"] + accounts.indices.flatMap { ["--from", "account-\($0).json"] })
    try #require(run.status == 0, "\(run.err)")
    return (tool, run.err)
  }

  /// A row by column name.
  private func totals(_ tool: Tool, _ more: [String] = []) async throws -> [String: String] {
    let run = try await tool.run(["query", "totals", "--all", "--format", "csv"] + more)
    let lines = run.out.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    try #require(lines.count == 2, "\(run.err)")
    return Dictionary(uniqueKeysWithValues: zip(lines[0].map(String.init), lines[1].map(String.init)))
  }

  @Test("An account in China: 2 h at CNY 1.4, a quarter of an hour's price to the job; no dollars in any format")
  func alone() async throws {
    let (tool, err) = try await collected([china])
    defer { tool.remove() }
    #expect(err.contains("; CN¥2.80 charged"), "\(err)")
    let totals = try await totals(tool)
    // Half of it for half an hour: 1.4 × ½ × ½.
    #expect(totals["cost_cny"] == "2.8" && totals["attempt_cny"] == "0.35", "\(totals)")
    // The dollar columns are empty.
    #expect(totals.filter { $0.key.hasSuffix("_usd") }.values.allSatisfy { $0.isEmpty }, "\(totals)")
    let findings = try await tool.run(["query", "findings", "--all", "--format", "csv"])
    #expect(findings.out.contains("is billed in CNY"))
    for format in ["md", "json", "html"] {
      let run = try await tool.run(["report", "weekly", "--week", "2026-W19", "--output", "weekly.\(format)"])
      try #require(run.status == 0, "\(run.err)")
      let page = try String(contentsOf: tool.folder.appending(path: "weekly.\(format)"), encoding: .utf8)
      #expect(page.contains("CN¥2.80"), "\(format)")
      #expect(!page.contains("$2") && !page.contains("USD") && !page.contains("_usd\":"), "\(format)")
    }
    let explained = try await tool.run(["ledger", "explain", "i-0cny"])
    #expect(explained.out.contains("cny_per_hour") && !explained.out.contains("usd"), "\(explained.out)")
    let jobs = try await tool.run(["jobs", "--total"])
    #expect(jobs.out.hasPrefix("all: CN¥0.35 for 1 job"), "\(jobs.out)")
    let focus = try await tool.run(["export", "--format", "focus", "--output", "-"])
    #expect(focus.out.contains(",CNY,") && !focus.out.contains("USD"))
    let metrics = try await tool.run(["export", "--format", "prometheus", "--output", "-"])
    #expect(metrics.out.contains("batchcost_cost_cny{") && !metrics.out.contains("usd"))
    let check = try await tool.run(["check", "--week", "2026-W19", "--max-weekly", "2"])
    #expect(check.status == 3 && check.err.contains("is CN¥2.80, limit CN¥2.00"), "\(check.err)")
  }

  @Test("Both in one database: one currency at a time, the one with most billed time first, and the output says so")
  func together() async throws {
    let (tool, err) = try await collected([china, oregon])
    defer { tool.remove() }
    #expect(err.contains("; $0.17 and CN¥2.80 charged"), "\(err)")
    #expect(try await totals(tool)["cost_cny"] == "2.8")
    #expect(try await totals(tool, ["--where", "currency=CNY"])["cost_cny"] == "2.8")
    let dollars = try await totals(tool, ["--where", "currency=USD"])
    #expect(dollars["cost_usd"] == "0.17" && dollars["cost_cny"] == nil)
    #expect(try await totals(tool, ["--where", "region=us-west-2"])["cost_usd"] == "0.17")
    let said = try await tool.run(["query", "cost-by-region", "--all", "--format", "csv"])
    #expect(said.err.contains("only currency=CNY"))
    #expect(said.out.contains("cn-north-1") && !said.out.contains("us-west-2"))
    let page = try await tool.run(["report", "weekly", "--week", "2026-W19", "--output", "-", "--format", "md"])
    #expect(page.out.contains("Only currency=CNY") && page.out.contains("CN¥2.80") && !page.out.contains("2.97"))
    let other = try await tool.run(["jobs", "--where", "currency=EUR", "--total"])
    #expect(other.status == 2 && other.err.contains("no job billed in \"EUR\""), "\(other.err)")
    let check = try await tool.run(["ledger", "check"])
    #expect(check.status == 0)
  }

  /// Of CN¥2.80 a job held half of an hour's half, CN¥0.35: 87.5 % unused. Of $0.17 it held $0.0425: 75 %.
  @Test("Each budget is checked against its own currency, shares against each currency's part")
  func budgets() async throws {
    let (tool, _) = try await collected([china, oregon])
    defer { tool.remove() }
    try tool.write(
      "batchcost.yaml",
      """
      budgets:
        - {weekly: 2}
        - {weekly: 0.1, currency: USD}
        - {queue: q, weekly: 0.2}
      max_unused: 80%
      """)
    let words = try await tool.run(["check", "--week", "2026-W19"])
    #expect(words.status == 3)
    for said in [
      "everything, CNY: weekly cost is CN¥2.80, limit CN¥2.00", "everything, USD: weekly cost is $0.17, limit $0.10",
      "queue q, CNY: weekly cost is CN¥0.35, limit CN¥0.20", "everything, CNY: unused share is 87.5%, limit 80%",
    ] { #expect(words.err.contains(said), "\(words.err)") }
    #expect(words.out.contains("4 of 6 limits are broken."), "\(words.out)")
    let rows = try await tool.run(["check", "--week", "2026-W19", "--format", "csv"]).out.split(separator: "\n")
    #expect(
      rows.first == "check,scope,period,actual_usd,limit_usd,actual_cny,limit_cny,actual_share,limit_share,is_broken")
    #expect(
      rows.contains { $0.hasPrefix("weekly cost,\"queue q, USD\"") && $0.contains("0.0425") && $0.hasSuffix(",0") })
    try tool.write("batchcost.yaml", "budgets:\n  - {weekly: 2, currency: EUR}\n")
    let wrong = try await tool.run(["check"])
    #expect(wrong.status == 2 && wrong.err.contains("USD or CNY"), "\(wrong.err)")
  }

  @Test(
    "A replay uses one currency: the one with most billed time, or the one asked for",
    arguments: [([], "CNY", "1.4", "2.8"), (["--where", "currency=USD"], "USD", "0.085", "0.17")])
  func replayed(asked: [String], currency: String, cost: String, asItWas: String) async throws {
    let (tool, _) = try await collected([china, oregon])
    defer { tool.remove() }
    try tool.write("half.yaml", "name: half\nenvironments:\n  - name: all\n    price_factor: 0.5\n")
    let run = try await tool.run(
      ["replay", "--week", "2026-W19", "--scenario", "half.yaml", "--force", "--format", "csv"] + asked)
    // From launch, 10:00, to the end: 2 h at CNY 1.4, 1 h at $0.17.
    let lines = run.out.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    try #require(lines.count == 2, "\(run.err)")
    let row = Dictionary(zip(lines[0].map(String.init), lines[1].map(String.init))) { first, _ in first }
    let suffix = currency.lowercased()
    #expect(row["cost_\(suffix)"] == cost && row["as_it_was_\(suffix)"] == asItWas, "\(run.out)")
    #expect(run.err.contains("only currency=CNY") == asked.isEmpty)
  }

  private func bill(_ currency: String, _ resource: String, _ cost: String) -> String {
    let hours = (10...11).map { hour in
      "999900001111,111122223333,2026-05-01T00:00:00Z,2026-05-04T\(hour):00:00Z,2026-05-04T\(hour + 1):00:00Z,AmazonEC2,"
        + "Usage,CNN1-BoxUsage:c5.xlarge,\(resource),1,\(currency),\(cost),\(cost)"
    }
    return """
      bill_payer_account_id,line_item_usage_account_id,bill_billing_period_start_date,line_item_usage_start_date,\
      line_item_usage_end_date,line_item_product_code,line_item_line_item_type,line_item_usage_type,\
      line_item_resource_id,line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,\
      pricing_public_on_demand_cost
      \(hours.joined(separator: "\n"))

      """
  }

  @Test("A bill in CNY replaces the estimate in China and is refused elsewhere")
  func bills() async throws {
    let (tool, _) = try await collected([china])
    defer { tool.remove() }
    try tool.write("bill.csv", bill("CNY", "i-0cny", "1.3"))
    let run = try await tool.run(["reconcile", "--bill", "bill.csv"])
    #expect(run.status == 0 && run.out.contains("cost_cny"), "\(run.out)\(run.err)")
    // 2.8 estimated, 2.6 billed; the difference of 0.2 is 1 ÷ 13 of it.
    #expect(run.err.contains("unexplained: CN¥0.2, 7.6923%"), "\(run.err)")
    #expect(try await totals(tool)["cost_cny"] == "2.6")
    try tool.write("dollars.csv", bill("USD", "i-0cny", "1.3").replacing("2026-05-01", with: "2026-06-01"))
    let second = try await tool.run(["reconcile", "--bill", "dollars.csv"])
    #expect(second.status == 1 && second.err.contains("the imported bills are in CNY"), "\(second.err)")

    let (elsewhere, _) = try await collected([oregon])
    defer { elsewhere.remove() }
    try elsewhere.write("bill.csv", bill("CNY", "i-0usd", "1.3"))
    let refused = try await elsewhere.run(["reconcile", "--bill", "bill.csv"])
    #expect(
      refused.status == 1
        && refused.err.contains("is in CNY, and account 111122223333 in us-west-2 is not"), "\(refused.err)")
    #expect(try await totals(elsewhere)["cost_usd"] == "0.17")
  }
}
