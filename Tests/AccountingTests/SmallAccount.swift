import Collect
import Domain
import Store
import TestSupport
import Testing

@testable import Accounting

/// A made-up account, in the shapes of the AWS CLI: one instance that ran from 10:00 to 12:00 on 2026-05-04, and one
/// job.
struct SmallAccount {
  var region = "us-west-2"
  var partition = "aws"
  var zone = "us-west-2a"
  var tenancy = "default"
  var type = "c5.xlarge"
  /// `VCpuInfo` to `GpuInfo`.
  var shape = #""VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":8192}"#
  /// Members of the instance besides its id, type and times.
  var instance: String? = ""
  var stopped = "2026-05-04 12:00:00"
  var environment = "EC2"
  /// Members of the environment's `computeResources` besides its type.
  var resources = ""
  /// Members of the job's container besides its requirements.
  var containerMembers = ""
  var requirements = #"{"type":"VCPU","value":"2"},{"type":"MEMORY","value":"4096"}"#
  /// Attempts of the job; by default one from 10:15 to 11:15.
  var attempts =
    #"{"container":{CI,"taskArn":"TASK/11111111111111111111111111111111","exitCode":0},"startedAt":1777889700000,"stoppedAt":1777893300000}"#
  var status = "SUCCEEDED"
  /// Products of the price list.
  var products = [SmallAccount.product()]
  var others: [String] = []

  static func product(
    _ type: String = "c5.xlarge", region: String = "us-west-2", usage: String? = nil, place: String = "AWS Region",
    currency: String = "USD", price: String = "0.17", system: String = "Linux"
  ) -> String {
    """
    {"product":{"productFamily":"Compute Instance","attributes":{"servicecode":"AmazonEC2","regionCode":"\(region)",
      "usagetype":"\(usage ?? "USW2-BoxUsage:\(type)")","instanceType":"\(type)","operatingSystem":"\(system)",
      "tenancy":"Shared","preInstalledSw":"NA","licenseModel":"No License required","capacitystatus":"Used",
      "location":"somewhere","locationType":"\(place)"}},"serviceCode":"AmazonEC2","terms":{"OnDemand":{"A":{
      "effectiveDate":"2025-01-01T00:00:00Z","priceDimensions":{"A":{"unit":"Hrs","beginRange":"0",
      "pricePerUnit":{"\(currency)":"\(price)"}}}}}}}
    """
  }

  static func fargatePrice(_ item: String, _ price: String) -> String {
    """
    {"product":{"attributes":{"servicecode":"AmazonECS","regionCode":"us-west-2","usagetype":"USW2-\(item)"}},
      "serviceCode":"AmazonECS","terms":{"OnDemand":{"A":{"effectiveDate":"2025-01-01T00:00:00Z",
      "priceDimensions":{"A":{"unit":"Hrs","beginRange":"0","pricePerUnit":{"USD":"\(price)"}}}}}}}
    """
  }

  static func spotPrice(_ zone: String, _ type: String, _ price: String) -> String {
    """
    {"SpotPriceHistory":[{"AvailabilityZone":"\(zone)","InstanceType":"\(type)","ProductDescription":"Linux/UNIX",
      "SpotPrice":"\(price)","Timestamp":"2026-05-04T00:00:00Z"}]}
    """
  }

  private var documents: [String] {
    func arn(_ service: String, _ rest: String) -> String {
      "arn:\(partition):\(service):\(region):111122223333:\(rest)"
    }
    let container = #""containerInstanceArn":"\#(arn("ecs", "container-instance/AWSBatch-ce1-0000/0aaa"))""#
    let platform = environment.hasPrefix("FARGATE") ? "FARGATE" : "EC2"
    let attempts = self.attempts.replacing("CI,", with: platform == "EC2" ? container + "," : "")
      .replacing("TASK/", with: arn("ecs", "task/AWSBatch-ce1-0000/"))
    var documents = [
      """
      {"computeEnvironments":[{"computeEnvironmentName":"ce1","computeEnvironmentArn":
        "\(arn("batch", "compute-environment/ce1"))","ecsClusterArn":"\(arn("ecs", "cluster/AWSBatch-ce1-0000"))",
        "type":"MANAGED","computeResources":{"type":"\(environment)"\(resources)}}]}
      """,
      """
      {"jobQueues":[{"jobQueueName":"q1","jobQueueArn":"\(arn("batch", "job-queue/q1"))",
        "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"\(arn("batch", "compute-environment/ce1"))"}]}]}
      """,
      """
      {"jobs":[{"jobArn":"\(arn("batch", "job/j1"))","jobId":"j1","jobName":"one","jobQueue":
        "\(arn("batch", "job-queue/q1"))","jobDefinition":"\(arn("batch", "job-definition/d:1"))","status":"\(status)",
        "createdAt":1777888860000,"startedAt":1777889700000,"stoppedAt":1777893300000,"attempts":[\(attempts)],
        "container":{"resourceRequirements":[\(requirements)]\(containerMembers)},"platformCapabilities":["\(platform)"]}]}
      """,
      "{\"InstanceTypes\":[{\"InstanceType\":\"\(type)\",\(shape)}]}",
      "{\"PriceList\":[\(products.joined(separator: ","))]}",
    ]
    if platform == "EC2" {
      documents.append(
        """
        {"containerInstances":[{\(container),"ec2InstanceId":"i-1","status":"ACTIVE","registeredAt":"2026-05-04T10:00:00Z",
          "attributes":[{"name":"ecs.instance-type","value":"\(type)"},{"name":"ecs.availability-zone","value":"\(zone)"}]}]}
        """)
    }
    if let instance, platform == "EC2" {
      documents.append(
        """
        {"Reservations":[{"OwnerId":"111122223333","Instances":[{"InstanceId":"i-1","InstanceType":"\(type)",
          "LaunchTime":"2026-05-04T10:00:00Z","Placement":{"AvailabilityZone":"\(zone)","Tenancy":"\(tenancy)"},"State":{"Name":"terminated"},
          "StateTransitionReason":"User initiated (\(stopped) GMT)"\(instance)}]}]}
        """)
    }
    return documents + others
  }

  /// Collected as of 13:00 and built; its ledger agrees with the reference and passes its checks.
  func built(into database: Database? = nil) throws -> Database {
    let database = try database ?? Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    for document in documents { try ingestor.ingest(Array(document.utf8), named: "test", accountRegion: nil) }
    try ingestor.recordNewest(source: "test", asOf: Instant("2026-05-04T13:00:00Z"))
    try Ledger.build(database)
    return database
  }
}

/// What tests ask of its ledger.
extension SmallAccount {
  static let costs = "SELECT cost, on_demand, unpriced_ms FROM resource"
  static let unpriced = "SELECT message FROM ledger_finding WHERE check_name = 'unpriced'"
  static let shares = """
    SELECT a.name, SUM(p.cost) FROM posting p JOIN ledger_account a ON a.id = p.account GROUP BY 1 ORDER BY 1
    """
}

extension Database {
  /// What the findings of these checks say.
  func messages(_ checks: String...) throws -> [String] {
    let names = checks.map { "'\($0)'" }.joined(separator: ", ")
    return try lines("SELECT message FROM ledger_finding WHERE check_name IN (\(names))")
  }

  /// The ledger passes its checks, and equals the reference's.
  func expectConsistent() throws {
    #expect(try read(LedgerCheck.failures).isEmpty)
    #expect(try LedgerRows.differences(in: self).isEmpty)
  }
}
