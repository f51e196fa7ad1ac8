import Domain
import ReportSamples

@testable import Charts

private let table = DataTable(
  names: ["name", "day", "cost_usd", "count"],
  columns: [
    [.text("a"), .text("b"), .null], [.text("2026-10-26"), .text("2026-10-27"), .text("x")],
    [.real(1.5), .real(-2e9), .null], [.real(0), .real(.infinity), .real(.nan)],
  ])

/// Figures: specifications, expressions, formats.
let chartTargets = [
  FuzzTarget(name: "figures") { bytes in
    guard let spec = try? JSON(parsing: bytes.text) else { return }
    _ = try? Figure.draw(spec, data: ["rows": table], width: 480)
  },
  FuzzTarget(name: "specifications") { bytes in _ = try? JSON(parsing: bytes.text) },
  FuzzTarget(name: "expressions") { bytes in
    guard let expression = try? Expression(parsing: bytes.text, path: "f") else { return }
    for row in 0..<3 { _ = expression.value(table, row) }
  },
  FuzzTarget(name: "formats") { bytes in
    let text = bytes.text
    if let format = NumberFormat(text) {
      for value in [0, -0.0, 1.5, -1234.5678, 1e300, 5e-324, .infinity, .nan] as [Double] { _ = format.string(value) }
    }
    guard TimeFormat.isValid(text) else { return }
    for time in [0, -1, 1_793_769_600_123, -8.64e15, 8.64e15, 1e300, .nan] as [Double] {
      _ = TimeFormat.string(time, text)
    }
  },
]
