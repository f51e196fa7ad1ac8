import Foundation

/// One thing that batchcost needs of its environment.
struct Checkup {
  let isGood: Bool
  let subject: String
  let message: String

  init(_ isGood: Bool, _ subject: String, _ message: String) {
    (self.isGood, self.subject, self.message) = (isGood, subject, message)
  }

  /// Reports are set in Inter; where it is missing they come out in another face, and longer or shorter.
  static func fonts() -> Checkup {
    let family = output(of: "fc-match", ["--format", "%{family}", "Inter"])
    switch family {
    case nil: return Checkup(false, "fonts", "fontconfig's fc-match is missing; install the package fontconfig")
    case let name? where name.hasPrefix("Inter"): return Checkup(true, "fonts", "Inter")
    case let name?:
      return Checkup(false, "fonts", "Inter is missing, reports use \(name); install the package fonts-inter")
    }
  }

  /// Only bills in Parquet need it.
  static func duckdb() -> Checkup {
    guard let version = output(of: ProcessInfo.processInfo.environment["BATCHCOST_DUCKDB"] ?? "duckdb", ["--version"])
    else {
      return Checkup(true, "duckdb", "not there; only bills in Parquet need it: `pipx install duckdb-cli==1.5.5`")
    }
    return Checkup(true, "duckdb", version)
  }

  /// What a program prints; nil where it is missing or fails.
  private static func output(of program: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
