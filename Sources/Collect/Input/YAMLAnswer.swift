import Yams

/// Answers as the AWS CLI prints them with `--output yaml` or `yaml-stream`, written anew as JSON.
enum YAMLAnswer {
  /// The documents, with room for the parser.
  static func json(_ bytes: UnsafeRawBufferPointer) throws(YAMLFault) -> [UInt8] {
    var json: [UInt8] = []
    do {
      var documents = try Yams.compose_all(yaml: String(decoding: bytes, as: UTF8.self))
      while let document = documents.next() {
        try append(document, to: &json, limit: 4 * bytes.count + head)
        json.append(UInt8(ascii: "\n"))
      }
      if let error = documents.error { throw error }
    } catch {
      throw error as? YAMLFault ?? .syntax("\(error)")
    }
    return json + [UInt8](repeating: 0, count: JSONParser.padding)
  }

  /// Whether one of the first lines has a key that only an answer of AWS has.
  static func isLikely(_ head: some Sequence<UInt8>) -> Bool {
    // UTF-16 has a zero byte beside each character.
    let text = String(decoding: head.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
    guard let first = text.first(where: { !$0.isWhitespace }), first != "{", first != "[", first != "\"" else {
      return false
    }
    return text.split(whereSeparator: \.isNewline).contains { line in
      let member = line.drop { $0 == " " || $0 == "-" }
      return keys.contains(member.prefix { $0 != ":" }) || beginnings.contains { line.hasPrefix($0) }
        || member == "kind: Node"
    }
  }

  /// How many of the first bytes are examined.
  static let head = 1 << 14

  private static let keys: Set<Substring> = [
    "jobArn", "jobId", "jobQueueArn", "computeEnvironmentArn", "jobDefinitionArn", "containerInstanceArn", "taskArn",
    "ingestionTime", "Reservations", "InstanceId", "InstanceType", "InstanceTypes", "SpotPrice", "SpotPriceHistory",
    "SpotInstanceRequestId", "VolumeId", "CapacityReservationId", "CapacityBlockId", "TrainingJobArn", "PriceList",
    "CloudTrailEvent", "Messages", "MessageId", "ReceiptHandle", "detail-type", "fairsharePolicy", "executionArn",
    "taskSucceededEventDetails", "JobArn", "ETag", "recordsMatched",
  ]

  /// Of lines: rows of Logs Insights, and documents that are text in a list, such as prices and log events.
  private static let beginnings = ["- - field: ", "- '{\"", "- \"{\\\""]

  private static func append(_ node: Node, to json: inout [UInt8], limit: Int) throws(YAMLFault) {
    // An anchor that is named many times stands for more than was written.
    if json.count > limit { throw YAMLFault.tooLarge }
    switch node {
    case .scalar(let scalar): append(scalar, to: &json)
    case .sequence(let sequence):
      json.append(UInt8(ascii: "["))
      for (index, element) in sequence.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        try append(element, to: &json, limit: limit)
      }
      json.append(UInt8(ascii: "]"))
    case .mapping(let mapping):
      json.append(UInt8(ascii: "{"))
      for (index, (key, value)) in mapping.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        guard let name = key.scalar?.string else { throw YAMLFault.key }
        appendQuoted(name.utf8, to: &json)
        json.append(UInt8(ascii: ":"))
        try append(value, to: &json, limit: limit)
      }
      json.append(UInt8(ascii: "}"))
    case .alias: throw YAMLFault.tooLarge
    }
  }

  /// Numbers, `true`, `false` and `null` without quotes are what JSON has, all else is text.
  private static func append(_ scalar: Node.Scalar, to json: inout [UInt8]) {
    guard scalar.style == .plain else { return appendQuoted(scalar.string.utf8, to: &json) }
    switch scalar.string {
    case "", "~", "null": json.append(contentsOf: "null".utf8)
    case "true", "false": json.append(contentsOf: scalar.string.utf8)
    case let text where text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil:
      json.append(contentsOf: text.utf8)
    default: appendQuoted(scalar.string.utf8, to: &json)
    }
  }
}

enum YAMLFault: Error, CustomStringConvertible {
  case tooLarge, key
  case syntax(String)

  var description: String {
    switch self {
    case .tooLarge: "it repeats itself without end"
    case .key: "a key is not text"
    case .syntax(let problem): problem.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
  }
}
