import Domain
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// A queue of messages and a bucket of objects. A received message is hidden until `unhide`.
private final class Queue: Sendable {
  private struct State {
    var messages: [(id: String, body: String)]
    var hidden: Set<String> = []
  }

  private let state: Mutex<State>
  private let objects: [String: [UInt8]]

  init(_ messages: [(String, String)], objects: [String: [UInt8]] = [:]) {
    state = Mutex(State(messages: messages.map { (id: $0.0, body: $0.1) }))
    self.objects = objects
  }

  var left: [String] { state.withLock { $0.messages.map(\.id) } }

  func unhide() { state.withLock { $0.hidden = [] } }

  var handlers: [any FakeHandler] {
    [
      FakeOperation("sqs", "ReceiveMessage") { [self] _ in
        let out = state.withLock { state in
          let out = state.messages.filter { !state.hidden.contains($0.id) }.prefix(10)
          state.hidden.formUnion(out.map(\.id))
          return Array(out)
        }
        let list: [[String: String]] = out.map {
          ["MessageId": $0.id, "ReceiptHandle": "handle of \($0.id)", "Body": $0.body]
        }
        let data = (try? JSONSerialization.data(withJSONObject: ["Messages": list])) ?? Data()
        return .json([UInt8](data))
      },
      FakeOperation("sqs", "DeleteMessageBatch") { [self] request in
        state.withLock { state in
          state.messages.removeAll { request.text.contains("\"handle of \($0.id)\"") }
        }
        return .json("{\"Successful\":[],\"Failed\":[]}")
      },
      FakeOperation("s3", "GetObject") { [self] request in
        if let body = objects.first(where: { request.path.hasSuffix($0.key) })?.value { return FakeAnswer(body: body) }
        return .error("NoSuchKey", "The specified key does not exist.", status: 404, for: request)
      },
    ]
  }
}

/// A message is deleted once its content is in the database, and no sooner.
@Suite struct EventQueueTests {
  private static let url = "https://sqs.us-east-1.amazonaws.com/111122223333/events"

  private static func event(_ instance: String, type: String = "EC2 Instance State-change Notification") -> String {
    """
    {"detail-type":"\(type)","source":"aws.ec2","account":"111122223333","time":"2026-10-26T00:00:00Z","region":"us-east-1","detail":{"instance-id":"\(instance)","state":"running"}}
    """
  }

  private static func quoted(_ text: String) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed), as: UTF8.self)
  }

  private static func sns(_ text: String) throws -> String {
    #"{"Type":"Notification","TopicArn":"arn:aws:sns:us-east-1:1:t","Message":\#(try quoted(text))}"#
  }

  private static func object(_ key: String, event: String = "ObjectCreated:Put") -> String {
    #"{"Records":[{"eventSource":"aws:s3","eventName":"\#(event)","s3":{"bucket":{"name":"bucket"},"object":{"key":"\#(key)"}}}]}"#
  }

  private func collect(_ queue: Queue, into database: Database, runs: Int = 1) async throws -> [LiveOutcome] {
    let aws = FakeAWS(handlers: queue.handlers)
    return try await aws.run { url in
      var variables = FakeAWS.environment(url: url, region: "us-east-1")
      variables["AWS_MAX_ATTEMPTS"] = "2"
      let client = try AWSSession(environment: Environment(variables), timing: .quick).client()
      var outcomes: [LiveOutcome] = []
      for _ in 0..<runs {
        queue.unhide()
        outcomes = try await LiveCollector(
          database: database,
          settings: LiveSettings(asOf: Instant(milliseconds: 1_793_145_600_000), sources: ["events"])
        ).collect([LiveTarget(client: client, events: [.queue(url: Self.url)])]).outcomes
      }
      return outcomes
    }
  }

  private func instances(_ database: Database) throws -> [String] {
    try database.read { connection in
      let rows = try connection.prepare("SELECT instance_id FROM instance_event ORDER BY 1")
      var found: [String] = []
      while try rows.step() { found.append(rows.text(0)) }
      return found
    }
  }

  @Test("A message that was kept or does not matter is deleted; one not understood stays")
  func messages() async throws {
    let packed = Data(Self.event("i-4").utf8)
    let queue = Queue(
      [
        ("plain", Self.event("i-1")), ("sns", try Self.sns(Self.event("i-2"))),
        ("object", Self.object("a+b/1.jsonl")), ("object in sns", try Self.sns(Self.object("2.jsonl"))),
        ("removed", Self.object("old", event: "ObjectRemoved:Delete")),
        ("test", #"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"bucket"}"#),
        ("other", Self.event("i-9", type: "EC2 Fleet Instance Change")),
        ("garbage", "not json"), ("unknown", #"{"hello":1}"#),
        ("incomplete", #"{"detail-type":"Batch Job State Change"}"#),
        ("half", #"[\#(Self.event("i-5")),{"jobs":[{"jobId":"x"}]}]"#), ("no such object", Self.object("missing")),
        ("confirm", #"{"Type":"SubscriptionConfirmation","TopicArn":"arn:t","SubscribeURL":"https://x"}"#),
      ],
      objects: ["a b/1.jsonl": Array(Self.event("i-3").utf8), "2.jsonl": [UInt8](packed)])
    let database = try Database(path: ":memory:")
    let outcomes = try await collect(queue, into: database, runs: 2)
    #expect(try instances(database) == ["i-1", "i-2", "i-3", "i-4", "i-5"])
    let stays = ["garbage", "unknown", "incomplete", "half", "no such object", "confirm"]
    #expect(queue.left == stays)
    #expect(outcomes.map(\.isComplete) == [true])
    #expect(outcomes[0].losses.contains { $0.hasPrefix("\(Self.url): 6 messages stay in the queue") })
    let told = try database.read {
      try $0.integer("SELECT count(*) FROM collection_finding WHERE check_name = 'left-in-queue'")
    }
    #expect(told == 1)
  }

  @Test("A failed write deletes nothing, and the next run gets everything")
  func failedWrite() async throws {
    let queue = Queue((0..<25).map { ("m\($0)", Self.event("i-\($0)")) })
    let database = try Database(path: ":memory:")
    try database.write {
      try $0.execute(
        "CREATE TRIGGER full BEFORE INSERT ON instance_event WHEN NEW.instance_id = 'i-13' BEGIN SELECT RAISE(ABORT, 'full'); END"
      )
    }
    await #expect(throws: StoreError.self) { try await collect(queue, into: database) }
    // Ten a call: only the first ten were written.
    #expect(queue.left.count == 15)
    #expect(try instances(database).count == 10)
    try database.write { try $0.execute("DROP TRIGGER full") }
    _ = try await collect(queue, into: database)
    #expect(queue.left == [])
    #expect(try instances(database).count == 25)
  }
}
