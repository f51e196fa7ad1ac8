import Accounting
import Domain
import Store
import Testing

@testable import Collect

/// A bill's EKS rows: the pods' parts of instances, and what a cluster costs besides its instances.
@Suite struct KubernetesBillTests {
  typealias Row = SmallAccount

  private static let header =
    SmallAccount.header + ",split_line_item_parent_resource_id,split_line_item_split_cost,split_line_item_unused_cost"

  /// An instance that ran two hours at $0.10, with one of Batch's pods on it.
  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addFargate()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    try account.addAttempt(1, on: "i-0a", milliVCPUs: 1000, from: 0, to: 60)
    try account.database.execute(
      "UPDATE attempt SET platform = 2, node = 'ip-10-0-1-2.eu-west-1.compute.internal', task_id = 'aws-batch.1'")
    return account
  }

  private static func part(_ pod: String, _ item: String, split: String, unused: String) -> String {
    let arn = "arn:aws:eks:eu-west-1:111122223333:pod/main/batch/\(pod)/0f1e2d3c"
    return Row.row(
      arn, "2026-10-05T09", amount: "1", cost: "0", item: "EU-EKS-EC2-\(item)", product: "AmazonEKS",
      tags: #"{"aws_eks_cluster_name":"main","aws_eks_namespace":"batch","user_team":"ml"}"#)
      + ",i-0a,\(split),\(unused)"
  }

  private static var instance: [String] {
    ["09", "10"].map { Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: "0.09") + ",,," }
  }

  @Test("The parts of Batch's pods are kept beside the instance and added to nothing; other pods' parts are skipped")
  func parts() async throws {
    let account = try account()
    let statement = try await account.reconcile(
      Self.instance + [
        Self.part("aws-batch.1", "vCPU-Hours", split: "0.03", unused: "0.01"),
        Self.part("aws-batch.1", "GB-Hours", split: "0.01", unused: "0.005"),
        Self.part("coredns-6f9c", "vCPU-Hours", split: "0.02", unused: "0"),
      ], header: Self.header)
    #expect(
      try account.database.lines("SELECT resource, effective FROM bill_line") == ["i-0a|90000000", "i-0a|90000000"])
    #expect(
      try account.database.lines("SELECT task_id, instance_id, rows, split, unused FROM bill_task")
        == ["aws-batch.1|i-0a|2|40000000|15000000"])
    #expect(try account.database.lines("SELECT SUM(cost) FROM resource") == ["180000000"])
    #expect(statement.suffix(2).first == "Bill, effective cost of Batch|1|0.18")
    #expect(try account.database.lines("SELECT message FROM collection_finding") == [])
  }

  @Test("FOCUS as well, by the service's name or code; the parts of pods become findings and are added to nothing")
  func focus() async throws {
    let account = try account()
    let cluster = "arn:aws:eks:eu-west-1:111122223333:cluster/main"
    let pod = "arn:aws:eks:eu-west-1:111122223333:pod/main/batch/aws-batch.1/0f1e2d3c"
    let other = pod.replacing("aws-batch.1", with: "coredns-6f9c")
    func row(_ resource: String, _ service: String, _ item: String) -> String {
      FocusRows.usage(resource, service: service, cost: "0.1") + ",\(item)"
    }
    try await account.reconcile(
      [
        row("i-0a", "Amazon Elastic Compute Cloud", "EU-BoxUsage:c5.large"),
        row(cluster, "Amazon Elastic Container Service for Kubernetes", "EU-AmazonEKS-Hours:perCluster"),
        row(cluster, "AmazonEKS", "EU-AmazonEKS-Hours:perCluster"), row(cluster, "Amazon EKS", ""),
        row(pod, "AmazonEKS", "EU-EKS-EC2-vCPU-Hours"), row(pod, "AmazonEKS", "EU-EKS-EC2-GB-Hours"),
        row(other, "AmazonEKS", "EU-EKS-EC2-vCPU-Hours"),
      ], header: FocusRows.header + ",x_UsageType")
    #expect(try account.database.lines("SELECT resource, effective FROM bill_line") == ["i-0a|100000000"])
    let besides = "a cost of EKS in addition to the instances of its nodes"
    #expect(
      try account.database.lines("SELECT subject, severity, message FROM collection_finding ORDER BY subject") == [
        "AmazonEKS-Hours:perCluster|note|is \(besides): its 2 rows are in nobody's cost",
        "no usage type|note|is \(besides): its 1 row is in nobody's cost",
        "shares of pods|note|are not read from FOCUS: 2 rows about Batch's pods are in nobody's cost, since the "
          + "instances have rows of their own",
      ])
  }

  @Test("Control planes and Fargate pods are named, and their cost is nobody's")
  func besides() async throws {
    let account = try account()
    let cluster = "arn:aws:eks:eu-west-1:111122223333:cluster/main"
    let pod = "arn:aws:eks:eu-west-1:111122223333:pod/main/web/site-1/77"
    let rows = [
      Row.row(
        cluster, "2026-10-05T09", amount: "1", cost: "0.1", item: "EU-AmazonEKS-Hours:perCluster", product: "AmazonEKS"),
      Row.row(
        cluster, "2026-10-05T10", amount: "1", cost: "0.1", item: "EU-AmazonEKS-Hours:perCluster", product: "AmazonEKS"),
      Row.row(
        pod, "2026-10-05T09", amount: "1", cost: "0.04", item: "EU-Fargate-vCPU-Hours:perCPU", product: "AmazonEKS"),
    ].map { $0 + ",,," }
    try await account.reconcile(Self.instance + rows, header: Self.header)
    #expect(try account.database.lines("SELECT SUM(cost) FROM resource") == ["180000000"])
    #expect(
      try account.database.lines("SELECT subject, severity, place, message FROM collection_finding ORDER BY 1") == [
        "AmazonEKS-Hours:perCluster|note|AmazonEKS|is a cost of EKS in addition to the instances of its nodes: its 2 rows are in nobody's cost",
        "Fargate-vCPU-Hours:perCPU|note|AmazonEKS|is a cost of EKS in addition to the instances of its nodes: its 1 row is in nobody's cost",
      ])
  }

  @Test("EKS rows of an account whose Batch does not run on EKS are ignored")
  func withoutBatch() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    let row = Row.row(
      "x", "2026-10-05T09", amount: "1", cost: "0.1", item: "EU-AmazonEKS-Hours:perCluster", product: "AmazonEKS")
    try await account.reconcile(Self.instance + [row + ",,,"], header: Self.header)
    #expect(try account.database.lines("SELECT message FROM collection_finding") == [])
  }

  /// `Tests/Fixtures/eks`; its README has the figures, worked out by hand.
  @Test("An account on EKS with a FOCUS bill: an eviction, a pod that found no room, a control plane")
  func example() async throws {
    let folder = nextflow.replacing("nextflow", with: "eks")
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder], asOf: Instant("2026-05-04T13:00:00Z"), database: database)
    try Ledger.build(database)
    let spent = """
      SELECT o.name, SUM(d.cost) FROM daily_cost d JOIN outcome o ON o.id = d.outcome
      JOIN ledger_account a ON a.id = d.account WHERE a.kind = 'attempt' GROUP BY 1 ORDER BY 1
      """
    #expect(try database.lines("SELECT cost, attempts FROM resource") == ["340000000|2"])
    #expect(try database.lines(spent) == ["counted|85000000", "evicted|14166667"])
    _ = try await BillImporter().importBills(paths: [folder + "/focus.csv"], database: database)
    try Ledger.build(database)
    #expect(
      try database.statement().prefix(3) == [
        "Ledger, as estimated|1|0.34", "Negotiated rate|1|-0.034", "Bill, effective cost of Batch|1|0.306",
      ])
    #expect(try database.lines(spent) == ["counted|76500000", "evicted|12750000"])
    #expect(
      try database.lines("SELECT subject FROM collection_finding") == ["AmazonEKS-Hours:perCluster"])
    #expect(try database.read(LedgerCheck.failures).isEmpty)
  }
}
