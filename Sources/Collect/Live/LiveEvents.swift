import AWS
import Domain

/// Where a rule of EventBridge puts the events of Batch, ECS and EC2.
package enum EventPlace: Equatable, Sendable {
  /// Objects whose keys sort by time, as Firehose names them.
  case bucket(String, prefix: String)
  /// A queue by its URL; events are deleted once they are in the database.
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

/// Events: exact times of everything, also of what Batch and ECS have forgotten.
struct LiveEvents: LiveSource {
  let name = "events"
  let operations = [
    S3.listObjectsOperation, S3.getObjectOperation, SQS.receiveMessageOperation, SQS.deleteMessageBatchOperation,
  ]
  let absence = "starts and ends are as exact as the other sources tell them"

  /// None where there are no events to read.
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
          do {
            try await visit.writer.ingest(object: object, named: "s3://\(bucket)/\(key)", checkpoint: checkpoint)
          } catch let error as CollectionError {
            // It would be no better the next time, and must not stand in the way of those after it.
            try await visit.writer.add(
              LiveFinding(check: .unreadable, place: visit.place, source: name, message: error.description))
            try await visit.writer.write(checkpoint)
          }
        }
      }
    }
  }

  /// What is fetched side by side: a few objects that are no more than 64 MiB together, or one.
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

  /// Takes what waits in a queue; a message that was not deleted comes again, and reading it again changes nothing.
  private func drain(_ url: String, _ visit: LiveVisit) async throws {
    while true {
      let answer = try await visit.client.send(SQS.receiveMessages(queueURL: url))
      let messages = try LiveAnswer.read(answer.body) { document in
        document.elements(of: "Messages").compactMap { message -> (body: String, handle: String)? in
          guard let body = message["Body"]?.text, let handle = message["ReceiptHandle"]?.text else { return nil }
          return (body.string, handle.string)
        }
      }
      if messages.isEmpty { return }
      try await visit.writer.ingest(Array(messages.map(\.body).joined(separator: "\n").utf8), named: url)
      _ = try await visit.client.send(SQS.deleteMessages(queueURL: url, receiptHandles: messages.map(\.handle)))
    }
  }
}
