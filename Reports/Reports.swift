/// The reports that the binary carries: one entry a file of this folder.
package struct EmbeddedReport: Sendable {
  /// The file's name without `.md`: what `batchcost report NAME` takes.
  package let name: String
  package let text: String

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.text = String(decoding: bytes, as: UTF8.self)
  }
}

/// Built-in reports, in the order in which `batchcost report` lists them.
package let embeddedReports: [EmbeddedReport] = [
  EmbeddedReport("weekly", PackageResources.weekly_md),
  EmbeddedReport("spot-audit", PackageResources.spot_audit_md),
  EmbeddedReport("right-sizing", PackageResources.right_sizing_md),
]
