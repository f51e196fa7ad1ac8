/// The reports that the binary carries: every `.md` file of this folder.
package struct EmbeddedReport: Sendable {
  /// The file's name without `.md`: what `batchcost report NAME` takes.
  package let name: String
  package let text: String
}

/// Built-in reports, in alphabetical order.
package let embeddedReports = embeddedFiles.filter { $0.path.hasSuffix(".md") }
  .map { EmbeddedReport(name: String($0.path.dropLast(".md".count)), text: $0.text) }
  .sorted { $0.name < $1.name }

/// Built-in figures by name: `utilization-by-hour` is `figures/utilization-by-hour.yaml`, in Vega-Lite.
package let embeddedFigures = Dictionary(
  uniqueKeysWithValues: embeddedFiles.filter { $0.path.hasPrefix("figures/") }
    .map { (String($0.path.dropFirst("figures/".count).dropLast(".yaml".count)), $0.text) })
