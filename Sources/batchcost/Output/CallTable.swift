import AWS

extension CallLog {
  /// How often AWS was asked, and how long that took: one sentence.
  func sentence(elapsed: Double) -> String {
    let all = entries.map(\.entry)
    let requests = all.reduce(0) { $0 + $1.requests }
    let retries = all.reduce(0) { $0 + $1.retries }
    let bytes = all.reduce(0) { $0 + $1.bytes }
    let again = retries > 0 ? ", \(retries) of them again" : ""
    return "asked AWS \(requests) times\(again) for \(megabytes(bytes)) in \(seconds(elapsed)); requests waited "
      + "\(seconds(all.reduce(0) { $0 + $1.waitingSeconds })) for answers and were held back "
      + "\(seconds(all.reduce(0) { $0 + $1.heldSeconds })), added up"
  }

  /// A line an operation.
  var table: String {
    let header = ["operation", "calls", "again", "throttled", "MB", "waiting s", "held back s"]
    let rows = entries.map { operation, entry in
      [
        operation.description, "\(entry.requests)", "\(entry.retries)", "\(entry.throttles)",
        decimal(Double(entry.bytes) / 1e6), decimal(entry.waitingSeconds), decimal(entry.heldSeconds),
      ]
    }
    let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    return ([header] + rows).map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private func seconds(_ value: Double) -> String { "\(decimal(value)) s" }
  private func megabytes(_ bytes: Int) -> String { "\(decimal(Double(bytes) / 1e6)) MB" }
}

/// With one decimal.
private func decimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
