extension Service {
  package static let s3 = Service(id: "S3", hostPrefix: "s3", signingName: "s3", wire: .restXML)
}

/// Simple Storage Service. Finds a bucket in another region than the client's by itself.
package enum S3 {
  package static let listObjectsOperation = Operation(
    .s3, "ListObjectsV2", permissions: ["s3:ListBucket"],
    paging: .init(input: "continuation-token", output: "NextContinuationToken"), answer: .xml)
  package static let getObjectOperation = Operation(
    .s3, "GetObject", answer: .bytes, limits: .init(seconds: 1800, maximumBodyBytes: 256 << 20))

  package static let putObjectOperation = Operation(.s3, "PutObject", answer: .bytes, limits: .init(seconds: 1800))
  package static let deleteObjectOperation = Operation(.s3, "DeleteObject", answer: .bytes)

  /// Returns `Contents`: keys in order with `Size`, `ETag`, `LastModified`. At most 1,000 a page.
  /// - Parameter after: only keys that sort after it.
  package static func listObjects(bucket: String, prefix: String = "", after: String? = nil) -> Call {
    var query: [HTTPRequest.QueryItem] = [.init("list-type", "2")]
    if !prefix.isEmpty { query.append(.init("prefix", prefix)) }
    if let after { query.append(.init("start-after", after)) }
    return Call(listObjectsOperation, .s3(bucket: bucket, key: "", query: query))
  }

  /// Returns the object's bytes as stored; at most 256 MiB, twice what Firehose puts into one.
  package static func getObject(bucket: String, key: String) -> Call {
    Call(getObjectOperation, .s3(bucket: bucket, key: key, query: []))
  }

  /// Writes an object atomically: a reader sees the old one or the new one. At most 5 GiB.
  /// - Parameter isNew: only if it does not exist yet; otherwise the service answers `PreconditionFailed`.
  package static func putObject(bucket: String, key: String, body: [UInt8], isNew: Bool = false) -> Call {
    let headers = [HTTPRequest.Header("Content-Type", "application/octet-stream")]
    return Call(
      putObjectOperation,
      .upload(bucket: bucket, key: key, headers: headers + (isNew ? [.init("If-None-Match", "*")] : []), body: body))
  }

  /// Succeeds also if there is no such object.
  package static func deleteObject(bucket: String, key: String) -> Call {
    Call(deleteObjectOperation, .removal(bucket: bucket, key: key))
  }
}
