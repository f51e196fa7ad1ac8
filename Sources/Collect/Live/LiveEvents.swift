import AWS
import Domain

/// Where an EventBridge rule sends the events of Batch, ECS and EC2.
package enum EventPlace: Equatable, Sendable {
  /// Objects with keys that sort by time, as Firehose names them.
  case bucket(String, prefix: String)
  /// A queue, by URL; events are deleted once they are in the database.
  case queue(url: String)

  /// Reads `s3://bucket/prefix` or the URL of a queue; nil for anything else.
  package init?(_ text: String) {
    if text.hasPrefix("s3://") {
      let path = text.dropFirst(5)
      let bucket = path.prefix { $0 != "/" }
      if bucket.isEmpty { return nil }
      self = .bucket(String(bucket), prefix: String(path.dropFirst(bucket.count + 1)))
    } else if text.hasPrefix("https://") || text.hasPrefix("http://") {
      self = .queue(url: text)
    } else {
      return nil
    }
  }
}

/// Events: exact times for everything, including what Batch and ECS have forgotten.
struct LiveEvents: LiveSource {
  let name = "events"
  let operations = [
    S3.listObjectsOperation, S3.getObjectOperation, SQS.receiveMessageOperation, SQS.deleteMessageBatchOperation,
  ]
  let absence = "starts and ends are only as exact as in the other sources"

  /// None if there are no events to read.
  func grants(_ events: [EventPlace]) -> [LiveGrant] {
    var buckets: [String] = []
    var objects: [String] = []
    var queues: [String] = []
    for place in events {
      switch place {
      case .bucket(let bucket, let prefix):
        buckets.append("arn:*:s3:::\(bucket)")
        objects.append("arn:*:s3:::\(bucket)/\(prefix)*")
      case .queue(let url): queues.append(Self.queueARN(url) ?? "*")
      }
    }
    return [
      LiveGrant([S3.listObjectsOperation], on: buckets), LiveGrant([S3.getObjectOperation], on: objects),
      LiveGrant([SQS.receiveMessageOperation, SQS.deleteMessageBatchOperation], on: queues),
    ].filter { !$0.resources.isEmpty }
  }

  /// `https://sqs.eu-west-1.amazonaws.com/111122223333/name`
  private static func queueARN(_ url: String) -> String? {
    let parts = url.split(separator: "/")
    guard parts.count == 4, parts[1].hasPrefix("sqs.") else { return nil }
    let host = parts[1].split(separator: ".")
    return host.count > 2 ? "arn:*:sqs:\(host[1]):\(parts[2]):\(parts[3])" : nil
  }

  func collect(_ visit: LiveVisit) async throws {
    for place in visit.events {
      switch place {
      case .bucket(let bucket, let prefix): try await read(bucket, prefix, visit)
      case .queue(let url): try await drain(url, visit)
      }
    }
  }

  /// Reads the objects after the last one that was read.
  private func read(_ bucket: String, _ prefix: String, _ visit: LiveVisit) async throws {
    let source = S3.getObjectOperation.description
    let scope = "s3://\(bucket)/\(prefix)"
    let last = try await visit.checkpoint(source, scope)?.position
    let listing = S3.listObjects(bucket: bucket, prefix: prefix, after: last)
    for try await answer in visit.client.pages(of: listing) {
      let objects = try LiveAnswer.read(answer.body) { document in
        document.elements(of: "Contents").compactMap { object in
          object["Key"]?.text.map { (key: $0.string, bytes: object["Size"]?.integer ?? 0) }
        }
      }
      for part in Self.batches(objects) {
        let objects = try await fetch(part, bucket, visit)
        for (key, object) in zip(part, objects) {
          let checkpoint = Checkpoint(source: source, scope: scope, position: key, at: visit.asOf)
          let place = S3Object(bucket: bucket, key: key)
          do {
            let outcome = try await visit.writer.ingest(object, of: place, checkpoint: checkpoint)
            for named in outcome.objects { _ = try await take(named, visit) }
          } catch let error as CollectionError {
            // A retry would not help, and it must not block the objects after it.
            try await tell(error.description, visit)
            try await visit.writer.write(checkpoint)
          }
        }
      }
    }
  }

  /// Objects to fetch in parallel: a few with at most 64 MiB together, or one.
  static func batches(_ objects: [(key: String, bytes: Int64)]) -> [[String]] {
    var batches: [[String]] = []
    var room: Int64 = 0
    for (key, bytes) in objects {
      if let last = batches.last, last.count < LiveVisit.sideBySide, bytes <= room {
        batches[batches.count - 1].append(key)
      } else {
        batches.append([key])
        room = 64 << 20
      }
      room -= min(max(bytes, 0), 64 << 20)
    }
    return batches
  }

  private func tell(_ message: String, _ visit: LiveVisit) async throws {
    try await visit.writer.add(
      LiveFinding(check: .unreadable, place: visit.place, source: name, message: message))
  }

  /// Reads an object named in a notification; false, with a finding, if not all of it could be kept.
  private func take(_ object: S3Object, _ visit: LiveVisit) async throws -> Bool {
    do {
      let body = try await visit.client.send(S3.getObject(bucket: object.bucket, key: object.key)).body
      let outcome = try await visit.writer.ingest(body, of: object)
      guard let further = outcome.objects.first else { return !outcome.isLost }
      try await tell("\(object.url): names a further object, \(further.url), which is not read", visit)
    } catch let error as CollectionError {
      try await tell(error.description, visit)
    } catch let error as AWSError where error.isAboutTheObject {
      try await tell("\(object.url): \(error.description)", visit)
    }
    return false
  }

  private func fetch(_ keys: [String], _ bucket: String, _ visit: LiveVisit) async throws -> [[UInt8]] {
    try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for (index, key) in keys.enumerated() {
        group.addTask { (index, try await visit.client.send(S3.getObject(bucket: bucket, key: key)).body) }
      }
      var bodies = [[UInt8]](repeating: [], count: keys.count)
      for try await (index, body) in group { bodies[index] = body }
      return bodies
    }
  }

  /// Receives the messages of a queue. A message is deleted once everything in it is in the database, or is known not
  /// to matter; any other stays in the queue and is reported. Receiving a message again changes nothing.
  private func drain(_ url: String, _ visit: LiveVisit) async throws {
    var left: Set<String> = []
    var isFirst = true
    while true {
      let answer = try await visit.client.send(SQS.receiveMessages(queueURL: url))
      let messages = try LiveAnswer.read(answer.body) { document in
        document.elements(of: "Messages").compactMap(QueueMessage.init)
      }
      // Messages that stay are hidden for a while, and then come again.
      if !isFirst, messages.allSatisfy({ left.contains($0.id) }) { break }
      var failure: AWSError?
      let used = try await use(messages, of: url, isFirst: isFirst, visit, &failure)
      isFirst = false
      if messages.isEmpty { break }
      if !used.isEmpty {
        _ = try await visit.client.send(SQS.deleteMessages(queueURL: url, receiptHandles: used.map(\.handle)))
      }
      left.formUnion(Set(messages.map(\.id)).subtracting(used.map(\.id)))
      if let failure { throw failure }
    }
    guard !left.isEmpty else { return }
    try await visit.writer.add(
      LiveFinding(
        check: .leftInQueue, place: visit.place, source: name,
        message: "\(url): \(left.count == 1 ? "1 message stays" : "\(left.count) messages stay") in the queue, "
          + "as batchcost could not keep what \(left.count == 1 ? "it holds" : "they hold")"))
  }

  /// Stores what messages contain, and what is in the objects they refer to.
  ///
  /// - Parameter failure: why AWS did not return an object, if the cause affects more than this object.
  /// - Returns: the messages of which nothing is lost.
  private func use(
    _ messages: [QueueMessage], of url: String, isFirst: Bool, _ visit: LiveVisit, _ failure: inout AWSError?
  ) async throws -> [QueueMessage] {
    let outcomes = try await visit.writer.ingest(messages: messages.map(\.body), named: url, isFirst: isFirst)
    var used: [QueueMessage] = []
    for (message, outcome) in zip(messages, outcomes) {
      var isLost = outcome.isLost
      for object in outcome.objects {
        do {
          isLost = try await !take(object, visit) || isLost
        } catch let error as AWSError {
          if error.kind == .cancelled { throw error }
          (failure, isLost) = (error, true)
        }
      }
      if !isLost { used.append(message) }
    }
    return used
  }
}

/// An SQS message, as returned by ReceiveMessage.
private struct QueueMessage: Sendable {
  let id: String
  let body: [UInt8]
  /// Needed to delete it.
  let handle: String

  init?(_ message: JSONValue) {
    guard let body = message["Body"]?.text, let handle = message["ReceiptHandle"]?.text?.string else { return nil }
    self.body = Array(body.buffer)
    self.handle = handle
    id = message["MessageId"]?.text?.string ?? handle
  }
}

extension AWSError {
  /// Whether the problem is only this object, so that others may succeed.
  fileprivate var isAboutTheObject: Bool {
    switch kind {
    case .service, .unreadable: true
    default: false
    }
  }
}
