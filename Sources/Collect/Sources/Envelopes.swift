import Foundation

/// Envelopes that carry documents as text or bytes: messages of SNS and SQS, log events, records of Kinesis and
/// Firehose. They are opened in any nesting.
extension Page {
  /// Adds documents in a text.
  mutating func addNestedText(_ value: JSONValue?, _ path: String, nested: NestedDocuments) {
    guard let value, !value.isNull else { return findings.add(.missingField, path, "is missing") }
    if let text = value.text { return nested.read(text, at: path, into: &self) }
    if value.isObject { return nested.read(value.bytes, at: path, into: &self) }
    findings.add(.wrongType, path, "is not text")
  }

  /// Adds Base64 documents, gzipped or not, as carried by Kinesis, Firehose and log subscriptions.
  mutating func addPacked(_ value: JSONValue?, _ path: String, nested: NestedDocuments) {
    guard let text = value?.text else { return findings.add(.missingField, path, "is missing") }
    guard let data = Data(base64Encoded: text.string, options: .ignoreUnknownCharacters) else {
      return findings.add(.unreadable, path, "is not Base64")
    }
    nested.read([UInt8](data), at: path, into: &self)
  }

  /// An SNS message, as it arrives without raw delivery.
  mutating func addNotification(_ document: JSONValue, nested: NestedDocuments) {
    if let type = document["Type"]?.text, type == "SubscriptionConfirmation" || type == "UnsubscribeConfirmation" {
      let topic = document["TopicArn"]?.text?.string ?? "a topic"
      return findings.add(
        .unknownDocument, "", "is a \(type.string) of \(topic): nothing arrives until the subscription is confirmed")
    }
    addNestedText(document["Message"], "Message", nested: nested)
  }

  /// An SQS message.
  mutating func addQueueMessage(_ message: JSONValue, nested: NestedDocuments) {
    addNestedText(message["Body"], "Body", nested: nested)
  }

  /// An element of `Records`: a CloudTrail event, or what S3, SNS, SQS, Kinesis and Firehose pass on.
  mutating func addRecord(_ record: JSONValue, nested: NestedDocuments) {
    if let s3 = record["s3"] {
      addObject(s3, event: record["eventName"]?.text)
    } else if let notification = record["Sns"] {
      addNotification(notification, nested: nested)
    } else if let kinesis = record["kinesis"] {
      addPacked(kinesis["data"], "kinesis.data", nested: nested)
    } else if record["body"] != nil {
      addNestedText(record["body"], "body", nested: nested)
    } else if record["data"] != nil {
      addPacked(record["data"], "data", nested: nested)
    } else if record["Data"] != nil {
      addPacked(record["Data"], "Data", nested: nested)
    } else {
      addTrailEvent(record)
    }
  }

  /// A log event: `message` is the event as written; or an event of a Step Functions execution, which contains its
  /// output.
  mutating func addLogEvent(_ event: JSONValue, nested: NestedDocuments) {
    if let message = event["message"] { return addNestedText(message, "message", nested: nested) }
    if let message = event["@message"] { return addNestedText(message, "@message", nested: nested) }
    for details in ["taskSucceededEventDetails", "stateExitedEventDetails"] as [StaticString] {
      if let output = event[details]?["output"] {
        return addNestedText(output, "\(details).output", nested: nested)
      }
    }
    if event["type"]?.text != nil, event["id"] != nil {
      return leaveUnused("events of Step Functions without a job's output are not used")
    }
    findings.add(.missingField, "message", "is missing")
  }

  /// An S3 notification about an object: a created one contains events.
  private mutating func addObject(_ s3: JSONValue, event: JSONText?) {
    guard let bucket = s3["bucket"]?["name"]?.text?.string, let key = s3["object"]?["key"]?.text else {
      return findings.add(.missingField, "s3.object.key", "is missing, or the bucket is")
    }
    if let event, !event.isCreation {
      return leaveUnused("notifications of S3 about deleted objects are not used")
    }
    // S3 form-encodes keys; EventBridge does not.
    name(S3Object(bucket: bucket, key: FormText.decoded(key.buffer)))
  }

  /// The same from EventBridge, `Object Created`.
  mutating func addObject(ofEvent detail: JSONValue) {
    guard let bucket = detail["bucket"]?["name"]?.text?.string, let key = detail["object"]?["key"]?.text?.string else {
      return findings.add(.missingField, "detail.object.key", "is missing, or the bucket is")
    }
    name(S3Object(bucket: bucket, key: key))
  }
}

extension JSONText {
  /// `ObjectCreated:Put`, `s3:ObjectCreated:CompleteMultipartUpload`
  fileprivate var isCreation: Bool { hasPrefix("ObjectCreated:") || hasPrefix("s3:ObjectCreated:") }
}

/// Text as encoded in HTML forms: `+` for a space, `%2F` for a byte.
enum FormText {
  static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> String {
    let spaced = String(decoding: text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    return spaced.removingPercentEncoding ?? spaced
  }
}
