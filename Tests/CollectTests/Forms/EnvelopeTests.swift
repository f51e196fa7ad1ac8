import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

private let place = "arn:aws:batch:us-west-2:111122223333"

private func detail(_ id: String) -> String {
  """
  {"jobArn":"\(place):job/\(id)","jobName":"n","jobId":"\(id)","jobQueue":"\(place):job-queue/q1","status":"SUCCEEDED","createdAt":1777889640000,"startedAt":1777889700000,"stoppedAt":1777893300000,"jobDefinition":"\(place):job-definition/d:1"}
  """
}

private func event(_ id: String, type: String = "Batch Job State Change") -> String {
  """
  {"version":"0","id":"e","detail-type":"\(type)","source":"aws.batch","account":"111122223333","time":"2026-05-04T11:15:01Z","region":"us-west-2","resources":[],"detail":\(detail(id))}
  """
}

/// The text as a JSON string, by Foundation.
private func quoted(_ text: String) throws -> String {
  String(decoding: try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed), as: UTF8.self)
}

private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

private func jobs(_ database: Database) throws -> [String] {
  try database.lines("SELECT job_id, status FROM job ORDER BY 1")
}

/// An event is taken out of whatever carried it, however deep.
@Suite struct EnvelopeTests {
  private static func sns(_ text: String) throws -> String {
    #"{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:us-west-2:1:t","Message":\#(try quoted(text)),"Timestamp":"2026-05-04T11:15:02.123Z","SignatureVersion":"1"}"#
  }

  private static func sqs(_ text: String) throws -> String {
    #"{"Messages":[{"MessageId":"m","ReceiptHandle":"r","MD5OfBody":"x","Body":\#(try quoted(text))}]}"#
  }

  private static let envelopes: [(String, @Sendable (String) throws -> String)] = [
    ("SNS", { try sns($0) }), ("SQS", { try sqs($0) }), ("SNS in SQS", { try sqs(try sns($0)) }),
    ("SNS for Lambda", { #"{"Records":[{"EventSource":"aws:sns","Sns":\#(try sns($0))}]}"# }),
    ("SQS for Lambda", { #"{"Records":[{"messageId":"m","eventSource":"aws:sqs","body":\#(try quoted($0))}]}"# }),
    (
      "filter-log-events",
      { #"{"events":[{"logStreamName":"x","timestamp":1,"message":\#(try quoted($0)),"eventId":"0"}]}"# }
    ),
    (
      "get-log-events",
      { #"{"events":[{"timestamp":1,"message":\#(try quoted($0)),"ingestionTime":2}],"nextForwardToken":"f/1"}"# }
    ),
    (
      "a subscription",
      {
        #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{"id":"1","timestamp":1,"message":\#(try quoted($0))}]}"#
      }
    ),
    (
      "Logs Insights",
      {
        #"{"results":[[{"field":"@timestamp","value":"x"},{"field":"@message","value":\#(try quoted($0))},{"field":"@ptr","value":"p"}]],"status":"Complete"}"#
      }
    ),
    ("Kinesis", { #"{"Records":[{"SequenceNumber":"1","Data":"\#(base64($0))","PartitionKey":"p"}]}"# }),
    ("Kinesis for Lambda", { #"{"Records":[{"eventSource":"aws:kinesis","kinesis":{"data":"\#(base64($0))"}}]}"# }),
    ("Firehose", { #"{"deliveryStreamArn":"d","records":[{"recordId":"1","data":"\#(base64($0 + "\n" + $0))"}]}"# }),
    ("a bare list of messages", { #"[{"MessageId":"m","ReceiptHandle":"r","Body":\#(try quoted($0))}]"# }),
    ("a bare list of bodies", { "[\(try quoted($0))]" }),
    ("an exported log", { "2026-05-04T11:15:01.000Z \($0)\n2026-05-04T11:15:02.000Z \($0)" }),
    ("aws logs tail --format short", { "2026-05-04T11:15:01 \($0)\n2026-05-04T11:15:02 \($0)\n" }),
    (
      "Logs Insights, as its console writes rows",
      { #"[{"@timestamp":"2026-05-04 11:15:01.000","@message":\#(try quoted($0))}]"# }
    ),
    ("the same, with the message opened", { #"[{"@timestamp":"2026-05-04 11:15:01.000","@message":\#($0)}]"# }),
    ("aws logs tail", { "2026-05-04T11:15:01.123000+00:00 default/stream-1 \($0)\n" }),
    ("a list", { "[\($0)]" }), ("lists a line each", { "[\($0)]\n[\($0)]" }),
    (
      "SNS in SQS in Firehose in a log",
      {
        let records = #"{"records":[{"data":"\#(base64(try sqs(try sns($0))))"}]}"#
        return #"{"events":[{"timestamp":1,"message":\#(try quoted(records))}]}"#
      }
    ),
  ]

  @Test(arguments: envelopes.map(\.0)) func opened(_ name: String) throws {
    let wrap = try #require(Self.envelopes.first { $0.0 == name }?.1)
    let database = try collected(try wrap(event("a")))
    #expect(try jobs(database) == ["a|SUCCEEDED"])
    #expect(try database.findings == [])
  }

  @Test("A subscription packs its payload, and Firehose packs it again")
  func packedPayload() throws {
    // {"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1,"message":"{}"}]} by gzip -n, in base64.
    let payload =
      "H4sIAAAAAAAAA6tWyk0tLk5MTw2pLEhVslJycQxxjPd1DQ52dHdV0lHKyU93LUvNKylWsoquVspMAaowBAqXZAJ1lSTmFihZGerATADKVdcq"
      + "1cbWAgC52u/vVAAAAA=="
    let database = try collected(#"{"awslogs":{"data":"\#(payload)"}}"#)
    #expect(try database.findings == ["unknown-document|awslogs.data: events[0].message|is an empty object"])
  }

  @Test("CloudTrail events delivered by EventBridge read like those in its own files")
  func trail() throws {
    let database = try collected(
      """
      {"detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","account":"111122223333","time":"2026-05-04T10:00:00Z","region":"us-west-2","detail":{"eventTime":"2026-05-04T10:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"us-west-2","recipientAccountId":"111122223333","responseElements":{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"c5.xlarge"}]}}}}
      """)
    #expect(
      try database.lines("SELECT instance_id, kind, at_ms, source FROM instance_event")
        == ["i-1|run-instances|1777888800000|cloudtrail"])
    #expect(try database.lines("SELECT instance_type FROM instance_description") == ["c5.xlarge"])
  }

  @Test("A job as Step Functions writes it; tag names keep their case")
  func stepFunctions() throws {
    let job = """
      {"JobArn":"\(place):job/a","JobName":"n","JobId":"a","JobQueue":"\(place):job-queue/q","Status":"FAILED","CreatedAt":1777889640000,"JobDefinition":"\(place):job-definition/d:1","Tags":{"Team":"x"},"Container":{"ResourceRequirements":[{"Type":"VCPU","Value":"2"},{"Type":"MEMORY","Value":"4096"}]},"StartedAt":1777889700000,"StoppedAt":1777893300000}
      """
    for document in [
      job,
      #"{"events":[{"id":1,"type":"TaskSucceeded","taskSucceededEventDetails":{"output":\#(try quoted(job))}},{"id":2,"type":"TaskStateEntered"}]}"#,
    ] {
      let database = try collected(document)
      #expect(
        try database.lines(
          "SELECT j.job_id, t.tags, a.milli_vcpus, a.memory_mib FROM job j JOIN tag_set t ON t.id = j.tag_set JOIN attempt a ON a.job = j.id"
        ) == [#"a|{"Team":"x"}|2000|4096"#])
    }
  }

  @Test("A finding inside an envelope names its place there")
  func placeOfFindings() throws {
    let database = try collected(
      #"{"Messages":[{"MessageId":"1","Body":"not json"},{"MessageId":"2","Body":\#(try quoted(#"{"jobs":[{"jobId":"x"}]}"#))}]}"#
    )
    #expect(
      try database.findings == [
        "missing-field|Messages[1].Body: jobs[0].jobQueue|is missing: the job is left out",
        "unreadable|Messages[0].Body|is not JSON, or is truncated (8 bytes)",
      ])
  }

  @Test func endlessEnvelopes() throws {
    var text = event("a")
    for _ in 0..<12 { text = try Self.sns(text) }
    let database = try collected(text)
    #expect(try jobs(database) == [])
    #expect(try database.findings.map { $0.suffix(34) } == ["Message|is inside more than 8 envelopes".suffix(34)])
  }

  @Test("A notification from S3 names an object elsewhere, which becomes a finding")
  func objects() throws {
    let text = """
      {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"a+b%2Fc"}}},{"eventSource":"aws:s3","eventName":"ObjectRemoved:Delete","s3":{"bucket":{"name":"b"},"object":{"key":"gone"}}}]}
      """
    let folder = try TemporaryFolder()
    try folder.add("a.json", text)
    try folder.add("b.json", "{\"jobs\":[\(detail("j"))]}")
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(
      try database.lines("SELECT message FROM collection_finding WHERE subject LIKE '%a.json' ORDER BY 1") == [
        "notifications of S3 about deleted objects are not used (1)",
        "notifications of S3 name an object with events, s3://b/a b/c: collect its contents too",
      ])
  }
}

/// A document with nothing worth keeping is a finding and is not counted.
@Suite struct NothingKeptTests {
  private func collect(_ text: String) throws -> (CollectionSummary, [String]) {
    let folder = try TemporaryFolder()
    try folder.add("a.json", text)
    try folder.add("b.json", "{\"jobs\":[\(detail("j"))]}")
    let database = try Database(path: ":memory:")
    let summary = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    return (summary, try database.findings)
  }

  private static let cases = [
    (
      event("a", type: "CodeBuild Build State Change"),
      "not-used||EventBridge events of type CodeBuild Build State Change are not used (1)"
    ),
    (
      #"{"Type":"Cluster","Timestamp":1777889640000}"# + "\n" + #"{"Type":"Cluster","Timestamp":1777889700000}"#,
      "not-used||Container Insights records of type Cluster are not used, only those of type Task (2)"
    ),
    (
      #"{"jobSummaryList":[{"jobId":"a"},{"jobId":"b"}]}"#,
      "not-used|jobSummaryList[0]|Batch job summaries, as list-jobs prints them, have too little data: collect describe-jobs (2)"
    ),
    (
      #"{"Records":[{"eventName":"PutObject","eventTime":"2026-05-04T10:00:00Z"}]}"#,
      "not-used|Records[0]|CloudTrail events of PutObject are not used (1)"
    ),
    (
      #"{"results":[[{"field":"TaskId","value":"t"},{"field":"max(MemoryUtilized)","value":"1"}]],"status":"Running"}"#,
      "unreadable|status|is Running: only a query that is Complete has all rows"
    ),
    (
      #"{"Reservations":[{"Groups":[]}]}"#,
      "missing-field|Reservations[0].Instances|is missing: the reservation's instances are lost"
    ),
  ]

  @Test(arguments: cases) func told(_ text: String, _ finding: String) throws {
    let (summary, findings) = try collect(text)
    #expect(findings == [finding])
    #expect(summary.documents == [.jobs: 1])
  }

  @Test("An answer with an empty list is no finding", arguments: [#"{"jobs":[]}"#, "[]", #"{"events":[]}"#])
  func empty(_ text: String) throws { #expect(try collect(text).1 == []) }

  @Test("Unused documents of a large file make one finding")
  func acrossPages() throws {
    let folder = try TemporaryFolder()
    let line = event("a", type: "Other")
    let path = try folder.add("a.jsonl", String(repeating: line + "\n", count: 300) + event("b"))
    var pages = try FilePages(files: [path], known: [:], asOf: nil, limits: CollectionLimits(), pageBytes: 4000)
    var findings: [Finding] = []
    while let page = try pages.next(reusing: nil) {
      if case .rows(let rows, _, _) = page.content { findings += rows.findings.list }
    }
    #expect(
      findings == [Finding(check: .notUsed, place: "", message: "EventBridge events of type Other are not used (300)")])
  }

  @Test("Input with nothing to keep is an error with the reason")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("a.json", event("a", type: "Other"))
    let database = try Database(path: ":memory:")
    #expect(throws: CollectionError(path: path, reason: "EventBridge events of type Other are not used (1)")) {
      try Collector().collect(paths: [path], asOf: nil, database: database)
    }
  }
}
