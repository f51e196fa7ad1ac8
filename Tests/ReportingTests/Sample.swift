import Domain

@testable import Reporting

/// A report of a few lines, for tests.
enum Sample {
  static let tables = [
    "totals": """
    cost_usd|jobs|name
    8067.44|5826|*bold* <script>alert(1)</script>
    """,
    "cost-by-queue": """
    job_queue|cost_usd|jobs
    grid|10.005|3
    gpu|5.005|2
    |20|
    """,
    "nothing": "job_queue|cost_usd",
  ]

  static func report(_ body: String, front: String = "title: Test") -> Report {
    Report(file: "Reports/test.md", name: "test", text: "---\n\(front)\n---\n\(body)")
  }

  static func document(_ body: String, tables: [String: String] = tables, front: String = "title: Test") throws
    -> Document
  {
    try DocumentBuilder.document(report(body, front: front), FixtureSource(tables), FixtureSource.subject)
  }

  /// The error message that a report's text causes.
  static func error(_ body: String, front: String = "title: Test") -> String {
    do {
      let document = try document(body, front: front)
      _ = try PageScenes(document, charts: .vegaLite)
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}
