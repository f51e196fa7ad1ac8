import Domain
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// SageMaker training jobs that run Batch's service jobs. ml.g5.xlarge lists at $1.572 an hour, ml.m5.xlarge at $0.257.
@Suite struct TrainingJobs {
  private static let place = "eu-west-1:111122223333"
  private let database: Database
  private let folder: TemporaryFolder

  init() throws {
    database = try Database(path: ":memory:")
    folder = try TemporaryFolder()
    try ingest(Self.prices)
  }

  private func ingest(_ documents: String...) throws {
    var ingestor = try Ingestor(database: database)
    for document in documents { try ingestor.ingest(Array(document.utf8), named: "test", accountRegion: nil) }
  }

  private static let prices =
    #"{"PriceList":["#
    + [("ml.g5.xlarge", "1.5720000000"), ("ml.m5.xlarge", "0.2570000000")].map { type, usd in
      #"{"serviceCode":"AmazonSageMaker","product":{"productFamily":"ML Instance","attributes":{"regionCode":"eu-west-1","#
        + #""locationType":"AWS Region","instanceName":"\#(type)","component":"Training","usagetype":"EU-Train:\#(type)"}},"#
        + #""terms":{"OnDemand":{"t":{"effectiveDate":"2026-01-01T00:00:00Z","priceDimensions":{"d":{"unit":"Hrs","#
        + #""beginRange":"0","pricePerUnit":{"USD":"\#(usd)"}}}}}}}"#
    }.joined(separator: ",") + "]}"

  /// Started at 10:00 on 5 October 2026 by Batch's account, and ended at 11:00.
  private static func job(_ id: String, attempts: [String], payload: String? = nil, more: String = "") -> String {
    let request = payload.map { #","serviceRequestPayload":"\#($0.replacing("\"", with: "\\\""))""# } ?? ""
    return #"{"jobArn":"arn:aws:batch:\#(place):service-job/\#(id)","jobId":"\#(id)","jobName":"\#(id)","#
      + #""jobQueue":"arn:aws:batch:\#(place):job-queue/training","serviceJobType":"SAGEMAKER_TRAINING","#
      + #""status":"SUCCEEDED","createdAt":1791190800000,"startedAt":1791194400000,"stoppedAt":1791198000000,"#
      + #""attempts":[\#(attempts.joined(separator: ","))]\#(request)\#(more)}"#
  }

  private static func attempt(_ name: String, from: Int64 = 1_791_194_400_000, to: Int64 = 1_791_198_000_000) -> String
  {
    #"{"startedAt":\#(from),"stoppedAt":\#(to),"statusReason":"Received status from SageMaker: Completed","#
      + #""serviceResourceId":{"name":"TrainingJobArn","value":"\#(arn(name))"}}"#
  }

  private static func arn(_ name: String) -> String { "arn:aws:sagemaker:\(place):training-job/\(name)" }

  /// On instances from 10:05 to 10:55, 3,000 s.
  private static func training(_ name: String, _ resources: String, billable: Int? = 3000, more: String = "") -> String
  {
    let time = billable.map { #""TrainingTimeInSeconds":3000,"BillableTimeInSeconds":\#($0),"# } ?? ""
    return #"{"TrainingJobName":"\#(name)","TrainingJobArn":"\#(arn(name))","TrainingJobStatus":"Completed",\#(time)"#
      + #""CreationTime":1791194400.5,"TrainingStartTime":1791194700.0,"TrainingEndTime":1791197700.0,"#
      + #""LastModifiedTime":1791197701.0,"ResourceConfig":\#(resources)\#(more)}"#
  }

  private static let two = #"{"InstanceType":"ml.g5.xlarge","InstanceCount":2,"VolumeSizeInGB":30}"#

  private func resources() throws -> [String] {
    try Ledger.build(database)
    #expect(try database.read { try LedgerCheck.failures($0) }.isEmpty)
    return try database.lines(
      """
      SELECT r.name, o.name, r.cost, r.on_demand, r.unpriced_ms FROM resource r
      JOIN purchase_option o ON o.id = r.purchase_option WHERE r.kind = 'training-job' ORDER BY r.name
      """)
  }

  private func findings() throws -> [String] {
    try database.lines("SELECT check_name, subject, message FROM ledger_finding ORDER BY 1, 2, 3")
  }

  @Test("Billable seconds × instances × the type's rate: 3,000 s of two at $1.572 are $2.62")
  func described() throws {
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", Self.two))
    #expect(try resources() == ["a-1|sagemaker|2620000000|2620000000|0"])
    #expect(try database.lines("SELECT instance_type FROM resource") == ["ml.g5.xlarge"])
    #expect(
      try database.lines("SELECT a.name, p.cost, p.ms FROM posting p JOIN ledger_account a ON a.id = p.account")
        == ["attempt|2620000000|3000000"])
    #expect(try database.lines("SELECT SUM(attempts), SUM(jobs) FROM daily_cost") == ["1|1"])
    #expect(try findings().isEmpty)
  }

  @Test("Managed Spot Training charges the billable time: 900 of 3,000 s are $0.786 instead of $2.62")
  func managedSpot() throws {
    try ingest(
      Self.job("a", attempts: [Self.attempt("a-1")]),
      Self.training("a-1", Self.two, billable: 900, more: #","EnableManagedSpotTraining":true"#))
    #expect(try resources() == ["a-1|sagemaker-spot|786000000|2620000000|0"])
  }

  @Test("Groups of several types: 3,000 s × (2 × $1.572 + $0.257) are $2.834166667")
  func groups() throws {
    let groups =
      #"{"InstanceGroups":[{"InstanceType":"ml.g5.xlarge","InstanceCount":2,"InstanceGroupName":"x"},"#
      + #"{"InstanceType":"ml.m5.xlarge","InstanceCount":1,"InstanceGroupName":"y"}]}"#
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", groups))
    #expect(try resources() == ["a-1|sagemaker|2834166667|2834166667|0"])
  }

  @Test("Of several preferences, the selected one counts: 3,000 s × 4 × $0.257 are $0.856666667")
  func selected() throws {
    let resources =
      #"{"InstancePreferences":[{"InstanceType":"ml.g5.xlarge"},{"InstanceType":"ml.m5.xlarge"}],"InstanceCount":2,"#
      + #""SelectedInstanceType":"ml.m5.xlarge","SelectedInstanceCount":4}"#
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", resources))
    #expect(try self.resources() == ["a-1|sagemaker|856666667|856666667|0"])
  }

  @Test("A warm pool of 1,200 s after the job is unused: 1,200 s × 2 × $1.572 are $1.048")
  func warmPool() throws {
    let resources = #"{"InstanceType":"ml.g5.xlarge","InstanceCount":2,"KeepAlivePeriodInSeconds":1800}"#
    let pool =
      #","WarmPoolStatus":{"Status":"Reused","ResourceRetainedBillableTimeInSeconds":1200,"ReusedByJob":"b-1"}"#
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", resources, more: pool))
    #expect(try self.resources() == ["a-1|sagemaker|3668000000|3668000000|0"])
    #expect(
      try database.lines(
        "SELECT a.name, p.cost FROM posting p JOIN ledger_account a ON a.id = p.account ORDER BY a.id")
        == ["attempt|2620000000", "unused.tail|1048000000"])
  }

  private func collected(at milliseconds: Int64) throws {
    try database.execute("INSERT OR REPLACE INTO collection SELECT id, 'test', \(milliseconds) FROM account_region")
  }

  @Test("A warm pool cut off by the collection goes on in a later one: 600 s are $0.524, 1,200 s $1.048")
  func poolCutOff() throws {
    let resources = #"{"InstanceType":"ml.g5.xlarge","InstanceCount":2,"KeepAlivePeriodInSeconds":1800}"#
    let pool =
      #","WarmPoolStatus":{"Status":"Reused","ResourceRetainedBillableTimeInSeconds":1200,"ReusedByJob":"b-1"}"#
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", resources, more: pool))
    // 11:05 and 12:00.
    try collected(at: 1_791_198_300_000)
    #expect(try self.resources() == ["a-1|sagemaker|3144000000|3144000000|0"])
    try collected(at: 1_791_201_600_000)
    #expect(try self.resources() == ["a-1|sagemaker|3668000000|3668000000|0"])
  }

  @Test("A training job that began after a collection costs nothing in it, 1,500 s in the next, in the end $2.62")
  func notYetBegun() throws {
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", Self.two))
    // 10:03 and 12:00.
    try collected(at: 1_791_194_580_000)
    #expect(try resources() == ["a-1|sagemaker|0|0|0"])
    // 10:30: 1,500 s.
    try collected(at: 1_791_196_200_000)
    #expect(try resources() == ["a-1|sagemaker|1310000000|1310000000|0"])
    try collected(at: 1_791_201_600_000)
    #expect(try resources() == ["a-1|sagemaker|2620000000|2620000000|0"])
  }

  @Test("What has no price is named: a training plan, a type without a list price, undescribed Managed Spot")
  func unpriced() throws {
    let plan = #"{"InstanceType":"ml.g5.xlarge","InstanceCount":2,"TrainingPlanArn":"arn:p"}"#
    let payload =
      #"{"EnableManagedSpotTraining":true,"ResourceConfig":{"InstanceType":"ml.g5.xlarge","InstanceCount":1}}"#
    try ingest(
      Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", plan),
      Self.job("b", attempts: [Self.attempt("b-1")]),
      Self.training("b-1", #"{"InstanceType":"ml.p5.48xlarge","InstanceCount":1}"#),
      Self.job("c", attempts: [Self.attempt("c-1")], payload: payload), Self.job("d", attempts: [Self.attempt("d-1")]))
    #expect(
      try resources() == [
        "a-1|sagemaker|-|-|3000000", "b-1|sagemaker|-|-|3000000", "c-1|sagemaker-spot|-|-|3600000",
        "d-1|sagemaker|-|-|3600000",
      ])
    #expect(
      try findings().filter { $0.hasPrefix("unpriced") } == [
        "unpriced|a-1|in a training plan, which is paid for in advance: only the bill has the cost",
        "unpriced|b-1|no list price of AmazonSageMaker for Train:ml.p5.48xlarge in eu-west-1",
        "unpriced|c-1|Managed Spot Training: BillableTimeInSeconds is not known (DescribeTrainingJob)",
        "unpriced|d-1|the instances it ran on are unknown (DescribeTrainingJob)",
      ])
  }

  @Test("Without DescribeTrainingJob, Batch's hour of what was requested, with a finding; once described, its own time")
  func undescribed() throws {
    let payload = #"{"ResourceConfig":{"InstanceType":"ml.m5.xlarge","InstanceCount":3}}"#
    try ingest(
      Self.job("a", attempts: [Self.attempt("a-1")], payload: payload),
      Self.job(
        "b", attempts: [Self.attempt("b-1")],
        more: #","capacityUsage":[{"capacityUnit":"ml.g5.xlarge","quantity":1.0}]"#))
    #expect(try resources() == ["a-1|sagemaker|771000000|771000000|0", "b-1|sagemaker|1572000000|1572000000|0"])
    #expect(try findings().map { String($0.prefix(24)) } == ["training-job-unknown|a-1", "training-job-unknown|b-1"])
    try ingest(Self.training("a-1", #"{"InstanceType":"ml.m5.xlarge","InstanceCount":3}"#))
    #expect(try resources() == ["a-1|sagemaker|642500000|642500000|0", "b-1|sagemaker|1572000000|1572000000|0"])
  }

  @Test("A preempted training job is a lost attempt under that name, listed among the attempts or not")
  func preempted() throws {
    func preempted(_ name: String, _ from: Int64) -> String { Self.attempt(name, from: from, to: from + 600_000) }
    let summary =
      #","quotaShareName":"research","scheduledAt":1791191000000,"preemptionSummary":{"preemptedAttemptCount":2,"#
      + #""recentPreemptedAttempts":[\#(preempted("a-1", 1_791_191_100_000)),\#(preempted("a-2", 1_791_192_000_000))]}"#
    let payload = #"{"ResourceConfig":{"InstanceType":"ml.m5.xlarge","InstanceCount":1}}"#
    try ingest(
      Self.job(
        "a", attempts: [preempted("a-1", 1_791_191_100_000), Self.attempt("a-3")], payload: payload, more: summary))
    // 600 s of one at $0.257, twice, and 3,600 s.
    #expect(try resources().map { $0.split(separator: "|")[2] } == ["42833333", "42833333", "257000000"])
    #expect(
      try database.lines(
        """
        SELECT x.name, SUM(d.cost), SUM(d.attempts) FROM daily_cost d JOIN outcome x ON x.id = d.outcome
        GROUP BY x.name ORDER BY 1
        """) == ["counted|257000000|1", "preempted|85666666|2"])
    #expect(
      try database.lines("SELECT scheduled_at_ms, quota_share, preemptions FROM service_job")
        == ["1791191000000|research|2"])
  }

  @Test("A running job is charged up to the collection; one that never got an instance costs nothing")
  func open() throws {
    let running = Self.training("a-1", Self.two, billable: nil).replacing("Completed", with: "InProgress")
      .replacing(#""TrainingEndTime":1791197700.0,"#, with: "")
    let never = Self.training("b-1", Self.two, billable: nil).replacing("Completed", with: "Failed")
      .replacing(#""TrainingStartTime":1791194700.0,"TrainingEndTime":1791197700.0,"#, with: "")
    try ingest(
      Self.job("a", attempts: [#"{"startedAt":1791194400000,"serviceResourceId":{"value":"\#(Self.arn("a-1"))"}}"#])
        .replacing("SUCCEEDED", with: "RUNNING"),
      Self.job("b", attempts: [Self.attempt("b-1")]), running, never)
    try database.execute("INSERT INTO collection SELECT id, 'test', 1791198000000 FROM account_region")
    // Collected at 11:00: 3,300 s × 2 × $1.572.
    #expect(try resources() == ["a-1|sagemaker|2882000000|2882000000|0", "b-1|sagemaker|0|0|0"])
    #expect(try database.lines("SELECT open FROM resource ORDER BY name") == ["1", "0"])
  }

  @Test("An event is enough, and an earlier description says more")
  func event() throws {
    let event =
      #"{"version":"0","detail-type":"SageMaker Training Job State Change","source":"aws.sagemaker","#
      + #""account":"111122223333","time":"2026-10-05T10:55:01Z","region":"eu-west-1","detail":"#
      + Self.training("a-1", Self.two, billable: nil) + "}"
    let job = Self.job("a", attempts: [Self.attempt("a-1")])
    for documents in [[job, event], [Self.training("a-1", Self.two, billable: 2970), event]] {
      for document in documents { try ingest(document) }
    }
    // 2,970 s × 2 × $1.572
    #expect(try resources() == ["a-1|sagemaker|2593800000|2593800000|0"])
  }

  // MARK: Bills

  private func reconcile(_ rows: [String], header: String = SmallAccount.header) async throws -> [String] {
    let path = try folder.add("bill.csv", ([header] + rows).joined(separator: "\n") + "\n")
    _ = try await BillImporter().importBills(paths: [path], database: database)
    try Ledger.build(database)
    return try database.statement()
  }

  private static func line(
    _ name: String, _ hour: String, hours: String, cost: String, product: String = "AmazonSageMaker"
  )
    -> String
  {
    SmallAccount.row(
      arn(name), "2026-10-05T\(hour)", amount: hours, cost: cost, item: "EU-Train:ml.g5.xlarge", product: product)
  }

  @Test(
    "The bill wins for a job's own training job; other training jobs and endpoints are ignored"
  )
  func bill() async throws {
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", Self.two))
    let statement = try await reconcile([
      Self.line("a-1", "10", hours: "1.6666666667", cost: "2.5"),
      Self.line("of-somebody-else", "10", hours: "9", cost: "9"),
      SmallAccount.row(
        "arn:aws:sagemaker:\(Self.place):endpoint/e", "2026-10-05T10", amount: "1", cost: "5",
        item: "EU-Host:ml.g5.xlarge", product: "AmazonSageMaker"),
    ])
    #expect(
      statement.prefix(3) == [
        "Ledger, as estimated|1|2.62", "Unexplained|1|-0.12", "Bill, effective cost of Batch|1|2.5",
      ])
    #expect(try resources() == ["a-1|sagemaker|2500000000|2620000000|0"])
  }

  @Test("The bill has 45 minutes instead of 50, and a price for the training plan")
  func billedTime() async throws {
    let plan = #"{"InstanceType":"ml.g5.xlarge","InstanceCount":2,"TrainingPlanArn":"arn:p"}"#
    try ingest(
      Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", Self.two),
      Self.job("b", attempts: [Self.attempt("b-1")]), Self.training("b-1", plan))
    let statement = try await reconcile([
      Self.line("a-1", "10", hours: "1.5", cost: "2.358"), Self.line("b-1", "10", hours: "1.6666666667", cost: "1.1"),
    ])
    #expect(statement.contains("Training time known more exactly|1|-0.262"))
    #expect(statement.contains("No price known to the ledger|1|1.1"))
    #expect(try resources() == ["a-1|sagemaker|2358000000|2620000000|0", "b-1|sagemaker|1100000000|-|0"])
    #expect(try findings().isEmpty)
  }

  @Test("A FOCUS export gives the same")
  func focus() async throws {
    try ingest(Self.job("a", attempts: [Self.attempt("a-1")]), Self.training("a-1", Self.two))
    let header =
      "BillingAccountId,BillingPeriodStart,SubAccountId,ChargePeriodStart,ChargePeriodEnd,ServiceName,ResourceId,"
      + "ChargeCategory,PricingCategory,ConsumedQuantity,ConsumedUnit,BillingCurrency,BilledCost,EffectiveCost,ListCost"
    let row =
      "111122223333,2026-10-01T00:00:00Z,111122223333,2026-10-05T10:00:00Z,2026-10-05T11:00:00Z,Amazon SageMaker,"
      + "\(Self.arn("a-1")),Usage,Standard,1.6666666667,Hours,USD,2.5,2.5,2.62"
    #expect(try await reconcile([row], header: header).first == "Ledger, as estimated|1|2.62")
    #expect(try resources() == ["a-1|sagemaker|2500000000|2620000000|0"])
  }
}
