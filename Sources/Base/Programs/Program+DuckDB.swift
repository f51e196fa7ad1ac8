import Foundation

extension Program {
  /// `duckdb`, which reads and writes Parquet and does not come with batchcost: `BATCHCOST_DUCKDB`, else the first on
  /// the `PATH`; nil if it is not installed.
  package static func duckDB(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Program? {
    let named = environment["BATCHCOST_DUCKDB"] ?? ""
    return Program(named.isEmpty ? "duckdb" : named, in: environment["PATH"])
  }

  /// The command that installs it.
  package static let duckDBInstallation = "pipx install duckdb-cli==1.5.5"

  /// What to do if it is missing.
  package static let duckDBRemedy = "run `\(duckDBInstallation)`, or name the program with BATCHCOST_DUCKDB"
}
