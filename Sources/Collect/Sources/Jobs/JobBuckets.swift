import Store

/// The columns of `job_bucket`.
enum JobBucketColumn: Int32, TableColumns {
  case jobId, name

  static let table = "job_bucket"
}

extension Table.Layout {
  static let jobBucket = Table.Layout(JobBucketColumn.self, key: [.jobId, .name], .keep)
}

extension Page {
  /// The buckets of `s3://BUCKET` in a job's command, its environment and its parameters. A name that the job composes
  /// itself is not known.
  mutating func addBuckets(of job: JobMembers, _ id: JSONText) {
    var names = BucketNames()
    for word in job.command?.elements ?? JSONElements.none { names.add(word.text) }
    for variable in job.environment?.elements ?? JSONElements.none { names.add(variable["value"]?.text) }
    if let parameters = job.parameters { for (_, value) in parameters.members { names.add(value.text) } }
    for name in names.found {
      begin(.jobBucket)
      put(JobBucketColumn.jobId, id)
      put(JobBucketColumn.name, name)
    }
  }
}

/// Names of buckets in texts, each once.
private struct BucketNames {
  private(set) var found: [JSONText] = []

  mutating func add(_ text: JSONText?) {
    guard let text else { return }
    var from = 0
    while let colon = text.firstIndex(of: UInt8(ascii: ":"), from: from) {
      from = colon + 1
      guard colon >= 2, text.slice(colon - 2, text.count).hasPrefix("s3://") else { continue }
      let name = Self.name(text.dropFirst(colon + 3))
      if let name, !found.contains(where: { $0 == name }) { found.append(name) }
    }
  }

  /// 3 to 63 lower-case letters, digits, dots and hyphens (S3 user guide, "Bucket naming rules").
  private static func name(_ text: JSONText) -> JSONText? {
    let length = text.buffer.firstIndex { !isOfName($0) } ?? text.count
    guard (3...63).contains(length) else { return nil }
    if length < text.count, text.buffer[length] == UInt8(ascii: "$") || text.buffer[length] == UInt8(ascii: "{") {
      return nil
    }
    return text.slice(0, length)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
