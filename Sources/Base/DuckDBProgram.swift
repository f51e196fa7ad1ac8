import Foundation

/// The program `duckdb`, which reads and writes Parquet and is no part of batchcost.
package enum DuckDBProgram {
  /// Where it is: `BATCHCOST_DUCKDB`, else the first on the `PATH`; nil where it is not installed.
  package static func path(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
    if let named = environment["BATCHCOST_DUCKDB"], !named.isEmpty {
      return FileManager.default.isExecutableFile(atPath: named) ? named : nil
    }
    return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/duckdb" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What to do where it is not there.
  package static let remedy =
    "run `pipx install duckdb-cli==1.5.5`, or name the program with BATCHCOST_DUCKDB"
}
