import Base
import Foundation
import Subprocess

/// Turns lines of CSV into Parquet files, one per folder, with the program `duckdb`.
///
/// The SQL contains no outside text: the program runs in a folder of ours on files with fixed names, and columns are
/// named as in our schema.
struct ParquetWriter: Sendable {
  let program: Program

  /// - Throws: `LakeError` if `duckdb` is not installed.
  init(program: Program? = .duckDB()) throws(LakeError) {
    guard let program else {
      throw LakeError("a lake is written as Parquet by duckdb, which is not installed: \(Program.duckDBRemedy)")
    }
    // The program runs in another folder.
    self.program = Program(path: URL(fileURLWithPath: program.path).path)
  }

  /// Reads `rows.csv` in `folder` and writes `out/…/data_0.parquet` below it; writes `out.parquet` for a table in one
  /// file, and for an empty table.
  func write(_ table: LakeTable, in folder: String, isEmpty: Bool) async throws {
    let types = (table.filed + table.partitions).map { "'\($0.stored)': '\($0.kind.rawValue)'" }
    let keys = table.partitions.map { "\"\($0.stored)\"" }.joined(separator: ", ")
    let isWhole = keys.isEmpty || isEmpty
    let values = isWhole ? table.filed.map { "\"\($0.stored)\"" }.joined(separator: ", ") : "*"
    let target = isWhole ? "'out.parquet'" : "'out'"
    let partitioned = isWhole ? "" : ", PARTITION_BY (\(keys))"
    let sql = """
      COPY (SELECT \(values) FROM read_csv('rows.csv', header = false, auto_detect = false, delim = ',', quote = '"', \
      escape = '"', nullstr = '\\N', allow_quoted_nulls = false, parallel = false, max_line_size = 67108864, \
      columns = {\(types.joined(separator: ", "))})) \
      TO \(target) (FORMAT parquet, COMPRESSION zstd\(partitioned))
      """
    // With one thread there is one file per folder, with rows ordered by id.
    let settings =
      "SET threads = 1; SET autoinstall_known_extensions = false; SET partitioned_write_max_open_files = 100000"
    let ended = try await Subprocess.run(
      .path(.init(program.path)), arguments: ["-no-init", "-bail", "-c", settings, "-c", sql],
      workingDirectory: .init(folder), input: .none, output: .discarded, error: .string(limit: 1 << 16))
    guard ended.terminationStatus == .exited(0) else {
      let line = ended.standardError.split(whereSeparator: \.isNewline).first ?? "failed"
      throw LakeError("\(program.path): \(String(line.prefix(300)).shownInLine), while writing \(table.name)")
    }
  }
}

/// Why a lake cannot be written.
package struct LakeError: Error, CustomStringConvertible, Equatable {
  /// What is wrong and what to do, for people.
  package let description: String
  init(_ description: String) { self.description = description }
}
