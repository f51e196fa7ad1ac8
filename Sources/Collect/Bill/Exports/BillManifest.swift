import Foundation

/// The list of an export's files, which AWS writes last: only files that it names belong to the bill.
struct BillManifest: Equatable {
  let path: String
  /// The export and the period: of several manifests with the same subject, the last counts.
  let subject: String
  /// Keys or URLs in S3.
  let files: [String]

  private struct Document: Decodable {
    var exportName: String?
    var billingPeriod: String?
    var dataFiles: [String]?
    var reportName: String?
    var reportKeys: [String]?
    var billing: Period?

    private enum CodingKeys: String, CodingKey {
      case exportName, dataFiles, reportName, reportKeys, billingPeriod
    }

    struct Period: Decodable { var start: String? }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      exportName = try? values.decodeIfPresent(String.self, forKey: .exportName)
      dataFiles = try? values.decodeIfPresent([String].self, forKey: .dataFiles)
      reportName = try? values.decodeIfPresent(String.self, forKey: .reportName)
      reportKeys = try? values.decodeIfPresent([String].self, forKey: .reportKeys)
      // Text in CUR 2.0; an object with start and end in legacy CUR.
      billingPeriod = try? values.decodeIfPresent(String.self, forKey: .billingPeriod)
      billing = billingPeriod == nil ? (try? values.decodeIfPresent(Period.self, forKey: .billingPeriod)) : nil
    }
  }

  /// Nil if it is not a manifest.
  init?(path: String) {
    guard path.hasSuffix(".json"),
      let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size < 1 << 24,
      let data = FileManager.default.contents(atPath: path),
      let document = try? JSONDecoder().decode(Document.self, from: data),
      let files = document.dataFiles ?? document.reportKeys
    else { return nil }
    self.path = path
    self.files = files
    let period = document.billingPeriod ?? document.billing?.start ?? ""
    subject = "\(document.exportName ?? document.reportName ?? "") \(period)"
  }

  /// The location of a file named in the manifest: below one of the folders above the manifest, at the end of its key.
  func locate(_ key: String) -> String? {
    let parts = key.split(separator: "/").map(String.init).suffix(12)
    var folder = path
    for _ in 0..<8 {
      guard let slash = folder.lastIndex(of: "/") else {
        folder = "."
        return candidate(".", Array(parts))
      }
      folder = String(folder[..<slash])
      if let found = candidate(folder.isEmpty ? "/" : folder, Array(parts)) { return found }
    }
    return nil
  }

  private func candidate(_ folder: String, _ parts: [String]) -> String? {
    for start in parts.indices where !parts[start...].contains("..") {
      let path = folder + "/" + parts[start...].joined(separator: "/")
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    return nil
  }
}
