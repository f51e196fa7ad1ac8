import Base

/// The files that a collector wrote for a table, and their rows: what a later run need not write again.
struct LakeManifest: Equatable {
  struct File: Equatable {
    var digest: UInt64
    var rows: Int
    var bytes: Int
  }

  /// The last migration of the database it was written from.
  var schema: String
  /// By folder below the table's folder, `account=…/region=…/day=…`.
  var files: [String: File] = [:]

  init(schema: String) { self.schema = schema }

  /// One line for the schema, then one per file, separated by tabs: folder, digest, rows, bytes.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let head = lines.first?.split(separator: "\t"), head.count == 2, head[0] == "schema" else { return nil }
    schema = String(head[1])
    for line in lines.dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 4, let digest = UInt64(fields[1], radix: 16), let rows = Int(fields[2]),
        let bytes = Int(fields[3])
      else { return nil }
      files[String(fields[0])] = File(digest: digest, rows: rows, bytes: bytes)
    }
  }

  var bytes: [UInt8] {
    var text = "schema\t\(schema)\n"
    for (folder, file) in files.sorted(by: { $0.key < $1.key }) {
      text += "\(folder)\t\(String(file.digest, radix: 16))\t\(file.rows)\t\(file.bytes)\n"
    }
    return Array(text.utf8)
  }
}
