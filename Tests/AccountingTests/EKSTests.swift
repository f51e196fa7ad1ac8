import Collect
import Domain
import Store
import Testing

@testable import Accounting

/// Batch on EKS: golden values worked out by hand.
///
/// A c5.xlarge (4 vCPU, 8 GiB) at $0.17 runs from 10:00 to 12:00 on 4 May, a pod of 2 vCPU and 4 GiB from 10:15 to
/// 11:15. Two hours are $0.34: boot 0.0425, half an hour's price to the attempt, half to packing, tail 0.1275.
@Suite struct EKSTests {
  private static let name = "ip-10-0-1-2.us-west-2.compute.internal"
  private static let batch = "arn:aws:batch:us-west-2:111122223333"

  private static let inventory = """
    {"computeEnvironments":[{"computeEnvironmentName":"kube","computeEnvironmentArn":"\(batch):compute-environment/kube",
      "uuid":"5c19160b","type":"MANAGED","containerOrchestrationType":"EKS","eksConfiguration":{"eksClusterArn":
      "arn:aws:eks:us-west-2:111122223333:cluster/main","kubernetesNamespace":"batch"},"computeResources":{"type":"EC2"}}],
     "jobQueues":[{"jobQueueName":"kq","jobQueueArn":"\(batch):job-queue/kq","jobQueueType":"EKS",
      "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"\(batch):compute-environment/kube"}]}],
     "InstanceTypes":[{"InstanceType":"c5.xlarge","VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":8192}}],
     "PriceList":[\(SmallAccount.product())]}
    """

  /// - Parameters:
  ///   - minutes: when the attempt ran, counted from 10:00.
  private static func job(
    _ id: String, on node: String?, minutes: ClosedRange<Int64> = 15...75, cpu: String = "2", memory: String = "4096Mi",
    cluster: String = "main"
  ) -> String {
    let ten: Int64 = 1_777_888_800_000
    let (start, stop) = (ten + minutes.lowerBound * 60_000, ten + minutes.upperBound * 60_000)
    let node = node.map { ",\"nodeName\":\"\($0)\"" } ?? ""
    return """
      {"jobs":[{"jobArn":"\(batch):job/\(id)","jobId":"\(id)","jobName":"one","jobQueue":"\(batch):job-queue/kq",
        "jobDefinition":"\(batch):job-definition/d:1","status":"SUCCEEDED","createdAt":\(ten),"startedAt":\(start),
        "stoppedAt":\(stop),"attempts":[],"eksAttempts":[{"podName":"aws-batch.\(id)","podNamespace":"batch",
        "eksClusterArn":"arn:aws:eks:us-west-2:111122223333:cluster/\(cluster)"\(node),
        "startedAt":\(start),"stoppedAt":\(stop),"containers":[{"name":"Default","exitCode":0}]}],
        "eksProperties":{"podProperties":{"podName":"aws-batch.\(id)"\(node),"containers":[{"name":"Default",
        "resources":{"requests":{"cpu":"\(cpu)","memory":"\(memory)"}}}]}},"platformCapabilities":["EC2"]}]}
      """
  }

  private static func instance(
    _ id: String = "i-0aaaaaaaaaaaaaaaa", name: String? = name, launched: String = "10:00", ended: String? = "12:00",
    tags: String = ""
  ) -> String {
    let state = ended.map {
      #""State":{"Name":"terminated"},"StateTransitionReason":"User initiated (2026-05-04 \#($0):00 GMT)""#
    }
    return """
      {"Reservations":[{"OwnerId":"111122223333","Instances":[{"InstanceId":"\(id)","InstanceType":"c5.xlarge",
        "LaunchTime":"2026-05-04T\(launched):00Z","Placement":{"AvailabilityZone":"us-west-2a"},
        "PrivateDnsName":"\(name ?? "")","Tags":[\(tags)],\(state ?? #""State":{"Name":"running"}"#)}]}]}
      """
  }

  private static func node(_ id: String, cpu: String, memory: String) -> String {
    """
    {"apiVersion":"v1","kind":"List","items":[{"kind":"Node","metadata":{"name":"\(name)","resourceVersion":"1",
      "creationTimestamp":"2026-05-04T10:01:00Z"},"spec":{"providerID":"aws:///us-west-2a/\(id)"},
      "status":{"allocatable":{"cpu":"\(cpu)","memory":"\(memory)"}}}]}
    """
  }

  private static func tag(_ key: String, _ value: String) -> String { #"{"Key":"\#(key)","Value":"\#(value)"}"# }

  /// Collected as of 13:00 and built.
  private func ledger(_ documents: [String], into database: Database? = nil) throws -> Database {
    let database = try database ?? Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    for document in documents { try ingestor.ingest(Array(document.utf8), named: "test", accountRegion: nil) }
    try ingestor.recordNewest(source: "test", asOf: Instant("2026-05-04T13:00:00Z"))
    try Ledger.build(database)
    #expect(try database.read(LedgerCheck.failures).isEmpty)
    #expect(try LedgerRows.differences(in: database) == [])
    return database
  }

  private static let postings = """
    SELECT r.name, a.name, j.job_id, p.cost FROM posting p JOIN resource r ON r.id = p.resource
    JOIN ledger_account a ON a.id = p.account LEFT JOIN job j ON j.id = p.attempt / 1024 ORDER BY 1, a.id, 3
    """
  private static let goldens = [
    "i-0aaaaaaaaaaaaaaaa|attempt|j|85000000", "i-0aaaaaaaaaaaaaaaa|unused.boot|-|42500000",
    "i-0aaaaaaaaaaaaaaaa|unused.packing|-|85000000", "i-0aaaaaaaaaaaaaaaa|unused.tail|-|127500000",
  ]
  private static let unplaced = "SELECT j.job_id, u.ms FROM unplaced u JOIN job j ON j.id = u.attempt / 1024 ORDER BY 1"
  private static let unknown = """
    SELECT subject, message, amount_ms FROM ledger_finding WHERE check_name = 'unknown-nodes' ORDER BY 1
    """

  @Test("Joined by private DNS name, in either order of collection; EC2 drops the name when the instance ends")
  func byName() throws {
    let documents = [
      Self.inventory, Self.job("j", on: Self.name), Self.instance(ended: nil), Self.instance(name: nil),
    ]
    for order in [documents, documents.reversed()] {
      let database = try ledger(order)
      #expect(try database.lines(Self.postings) == Self.goldens)
      #expect(
        try database.lines(
          "SELECT e.name, r.attempts FROM resource r JOIN compute_environment e ON e.id = r.compute_environment")
          == ["kube|1"])
      #expect(try database.lines("SELECT check_name FROM ledger_finding") == ["storage-unknown"])
    }
  }

  @Test("Joined by resource name, and by the node's own record")
  func byID() throws {
    let resource = "i-0aaaaaaaaaaaaaaaa.us-west-2.compute.internal"
    let byResource = try ledger([Self.inventory, Self.job("j", on: resource), Self.instance(name: nil)])
    #expect(try byResource.lines(Self.postings) == Self.goldens)
    let node = Self.node("i-0aaaaaaaaaaaaaaaa", cpu: "4", memory: "8Gi")
    let byNode = try ledger([Self.inventory, Self.job("j", on: Self.name), Self.instance(name: nil), node])
    #expect(try byNode.lines(Self.postings) == Self.goldens)
  }

  @Test("The node's allocatable resources are what is divided: a quarter of 3.92 vCPU and 7 GiB is $0.0425 an hour")
  func allocatable() throws {
    let database = try ledger([
      Self.inventory, Self.job("j", on: Self.name, cpu: "980m", memory: "1792Mi"), Self.instance(),
      Self.node("i-0aaaaaaaaaaaaaaaa", cpu: "3920m", memory: "7168Mi"),
    ])
    #expect(
      try database.lines(Self.postings) == [
        "i-0aaaaaaaaaaaaaaaa|attempt|j|42500000", "i-0aaaaaaaaaaaaaaaa|unused.boot|-|42500000",
        "i-0aaaaaaaaaaaaaaaa|unused.packing|-|127500000", "i-0aaaaaaaaaaaaaaaa|unused.tail|-|127500000",
      ])
  }

  @Test("Two instances use one name in turn: the one alive when the attempt started bears it")
  func reused() throws {
    let database = try ledger([
      Self.inventory, Self.job("a", on: Self.name, minutes: 30...60), Self.job("b", on: Self.name, minutes: 160...170),
      // No instance with that name was running at 12:15.
      Self.job("c", on: Self.name, minutes: 135...140), Self.job("d", on: nil, minutes: 5...6),
      Self.instance(), Self.instance("i-0bbbbbbbbbbbbbbbb", launched: "12:30", ended: nil),
    ])
    #expect(
      try database.lines(
        "SELECT r.name, j.job_id FROM posting p JOIN resource r ON r.id = p.resource JOIN job j ON j.id = p.attempt / 1024 ORDER BY 2"
      )
        == ["i-0aaaaaaaaaaaaaaaa|a", "i-0bbbbbbbbbbbbbbbb|b"])
    #expect(try database.lines(Self.unplaced) == ["c|300000", "d|60000"])
    #expect(
      try database.lines(Self.unknown) == [
        "1 attempt on EKS|Batch does not say on which node|60000",
        "\(Self.name)|1 attempt on EKS: no instance that ran then is known by this node's name; describe-instances has "
          + "it while the instance runs, and so does `kubectl get nodes -o json`|300000",
      ])
  }

  @Test("Two VPCs with the same addresses: the attempt's cluster decides, then Batch's tag")
  func alike() throws {
    let other = "i-0bbbbbbbbbbbbbbbb"
    for (own, others) in [
      (Self.tag("kubernetes.io/cluster/main", "owned"), Self.tag("kubernetes.io/cluster/other", "owned")),
      (Self.tag("aws:eks:cluster-name", "main"), Self.tag("aws:eks:cluster-name", "other")),
      (Self.tag("AWSBatchServiceTag", "batch"), Self.tag("Name", "database")),
    ] {
      let database = try ledger([
        Self.inventory, Self.job("j", on: Self.name), Self.instance(tags: own),
        Self.instance(other, launched: "10:05", tags: others),
      ])
      #expect(try database.lines(Self.postings) == Self.goldens)
    }
  }

  @Test("An instance in another account or region never matches, whatever its name")
  func elsewhere() throws {
    let stranger = Self.instance().replacing("111122223333", with: "999988887777")
    let far = Self.instance("i-0bbbbbbbbbbbbbbbb").replacing("us-west-2a", with: "us-east-1a")
    let database = try ledger([Self.inventory, Self.job("j", on: Self.name), stranger, far])
    #expect(try database.lines(Self.unplaced) == ["j|3600000"])
  }

  @Test("An instance collected later rebuilds part of the ledger, with the result of a full build")
  func later() throws {
    let database = try ledger([
      Self.inventory, Self.job("j", on: Self.name), Self.job("k", on: "ip-10-0-9-9.us-west-2.compute.internal"),
    ])
    #expect(try database.lines(Self.unplaced) == ["j|3600000", "k|3600000"])
    _ = try ledger([Self.instance()], into: database)
    #expect(try database.lines(Self.unplaced) == ["k|3600000"])
    #expect(try database.lines(Self.postings) == Self.goldens)
    // The node's own record moves the same attempt.
    _ = try ledger([Self.node("i-0aaaaaaaaaaaaaaaa", cpu: "2", memory: "4Gi")], into: database)
    let grown = try database.lines(Self.postings)
    #expect(grown.first == "i-0aaaaaaaaaaaaaaaa|attempt|j|170000000")
    try Ledger.build(database, anew: true)
    #expect(try database.lines(Self.postings) == grown)
  }

  @Test("A pod of a multi-node job has what it requested, not the whole instance")
  func multiNode() throws {
    let node = Self.job("m#0", on: Self.name).replacing(
      "\"attempts\":[]", with: "\"attempts\":[],\"nodeDetails\":{\"nodeIndex\":0,\"isMainNode\":true}")
    let database = try ledger([Self.inventory, node, Self.instance()])
    #expect(try database.lines(Self.postings).first == "i-0aaaaaaaaaaaaaaaa|attempt|m#0|85000000")
  }
}
