import Store
import TestSupport
import Testing

@testable import Collect

/// Answers that the AWS CLI did not print as JSON.
@Suite struct YAMLAnswerTests {
  /// As AWS CLI 2.35 prints `describe-jobs --output yaml`, shortened.
  private static let job = """
    jobs:
    - attempts:
      - container:
          containerInstanceArn: arn:aws:ecs:us-west-2:111122223333:container-instance/c/0a
          exitCode: 0
          logStreamName: d/default/1
          networkInterfaces: []
          taskArn: arn:aws:ecs:us-west-2:111122223333:task/c/11111111111111111111111111111111
        startedAt: 1777889700000
        statusReason: 'Host EC2 (instance i-0aaaaaaaaaaaaaaaa) terminated.'
        stoppedAt: 1777893300000
      container:
        command:
        - echo
        - "a: 'b'\\n"
        - |
          two
          lines
        resourceRequirements:
        - type: VCPU
          value: '2'
        - type: MEMORY
          value: '4096'
      createdAt: 1777889640000
      isCancelled: false
      jobArn: arn:aws:batch:us-west-2:111122223333:job/a
      jobDefinition: arn:aws:batch:us-west-2:111122223333:job-definition/d:1
      jobId: a
      jobName: align on the first of
        two lines
      jobQueue: arn:aws:batch:us-west-2:111122223333:job-queue/q
      startedAt: 1777889700000
      status: FAILED
      stoppedAt: 1777893300000
      tags:
        account: '012345678901'
    """

  private static let row = "align on the first of two lines|FAILED|1777889640000|2000|4096|i-0aaaaaaaaaaaaaaaa|0"

  private func rows(_ database: Database) throws -> [String] {
    try database.lines(
      """
      SELECT j.name, j.status, j.created_at_ms, a.milli_vcpus, a.memory_mib, a.instance_id, a.exit_code
      FROM job j JOIN attempt a ON a.job = j.id
      """)
  }

  private func collect(_ name: String, _ bytes: [UInt8]) throws -> Database {
    let folder = try TemporaryFolder()
    try folder.add(name, bytes)
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    return database
  }

  @Test("YAML is read from folders and from UTF-16", arguments: ["jobs.yaml", "jobs.yml", "jobs.txt", "jobs"])
  func read(_ name: String) throws {
    var utf16: [UInt8] = [0xff, 0xfe]
    for unit in Self.job.utf16 { utf16 += [UInt8(unit & 0xff), UInt8(unit >> 8)] }
    for bytes in [Array(Self.job.utf8), utf16] {
      let database = try collect(name, bytes)
      #expect(try rows(database) == [Self.row])
      #expect(try database.findings == [])
    }
  }

  @Test("Pages as --output yaml-stream prints them, and documents one after another")
  func pages() throws {
    let page = "- " + Self.job.replacing("\n", with: "\n  ")
    let other = page.replacing("jobId: a", with: "jobId: b").replacing(":job/a", with: ":job/b")
    for text in ["\(page)\n\(other)\n", "\(page)\n---\n\(other)\n"] {
      #expect(try rows(collect("jobs.yaml", Array(text.utf8))).count == 2)
    }
  }

  private static let price = """
    {"product":{"productFamily":"Compute Instance","attributes":{"servicecode":"AmazonEC2","regionCode":"us-west-2","usagetype":"USW2-BoxUsage:c5.xlarge",
    "instanceType":"c5.xlarge","operatingSystem":"Linux","tenancy":"Shared","preInstalledSw":"NA",
    "licenseModel":"No License required","capacitystatus":"Used","locationType":"AWS Region"}},"serviceCode":"AmazonEC2",
    "terms":{"OnDemand":{"A":{"effectiveDate":"2025-01-01T00:00:00Z","priceDimensions":{"A":{"unit":"Hrs","beginRange":"0",
    "pricePerUnit":{"USD":"0.17"}}}}}}}
    """.replacing("\n", with: " ")

  private static let event =
    #"{"detail-type":"EC2 Instance State-change Notification","time":"2026-05-04T10:00:00Z","region":"us-west-2","#
    + #""account":"111122223333","detail":{"instance-id":"i-0a","state":"terminated"}}"#

  @Test(
    "Answers whose members have other names than the things in them",
    arguments: [
      ("FormatVersion: aws_v1\nPriceList:\n- '\(price)'\n", "list_price"),
      ("- '\(price)'\n", "list_price"),
      ("Messages:\n- Body: '\(event)'\n  MD5OfBody: x\n  MessageId: m\n  ReceiptHandle: r\n", "instance_event"),
      (
        "results:\n- - field: '@timestamp'\n    value: x\n  - field: '@message'\n    value: '\(event)'\n",
        "instance_event"
      ),
      (
        "account: '111122223333'\ndetail:\n  instance-id: i-0a\n  state: terminated\ndetail-type: EC2 Instance "
          + "State-change Notification\nregion: us-west-2\ntime: '2026-05-04T10:00:00Z'\n", "instance_event"
      ),
      (
        "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Node\n  metadata:\n    name: n\n  spec:\n    providerID: "
          + "aws:///us-west-2a/i-0123456789abcdef0\n  status:\n    allocatable:\n      cpu: '4'\n      memory: 8Gi\nkind: List\n",
        "kubernetes_node"
      ),
    ])
  func otherKinds(_ text: String, _ table: String) throws {
    let database = try collect("answer.yaml", Array(text.utf8))
    #expect(try database.lines("SELECT COUNT(*) FROM \(table)") == ["1"])
    #expect(try database.findings == [])
  }

  @Test("Settings and other people's YAML are not answers")
  func others() throws {
    for text in [
      "accounts:\n- name: research\n  role_arn: arn:aws:iam::111122223333:role/batchcost\n", "jobs:\n  build:\n",
    ] {
      #expect(!YAMLAnswer.isLikely(text.utf8))
    }
    #expect(throws: CollectionError.self) { try collect("batchcost.yaml", Array("accounts: []\n".utf8)) }
  }

  @Test("YAML that is broken, or that grows without end, is a finding")
  func broken() throws {
    let bomb =
      "InstanceId: &a [x,x,x,x,x,x,x,x]\n"
      + (0..<12).map { level in
        let anchor = level == 0 ? "a" : "b\(level)"
        return "b\(level + 1): &b\(level + 1) [\((0..<9).map { _ in "*\(anchor)" }.joined(separator: ","))]"
      }.joined(separator: "\n")
    for text in ["jobArn: [\n", bomb] {
      #expect(throws: CollectionError.self) { try collect("jobs.yaml", Array(text.utf8)) }
    }
  }

  @Test(
    "Text and tables for people are refused by name",
    arguments: [
      ("JOBS\tarn:aws:batch:us-west-2:111122223333:job/a\t1777889640000\tjob0\n", "--output text"),
      ("--------------------\n|   DescribeJobs   |\n+------------------+\n||      jobs      ||\n", "--output table"),
    ])
  func printed(_ text: String, _ option: String) throws {
    let error = #expect(throws: CollectionError.self) { try collect("jobs.txt", Array(text.utf8)) }
    #expect(error?.reason.contains(option) == true)
  }
}
