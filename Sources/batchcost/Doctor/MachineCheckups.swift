import Foundation

/// What is on this machine: fonts, and programs that batchcost calls or that check what it wrote.
enum MachineCheckups {
  static func all() -> [Checkup] { [program] + fonts() + helpers.map(\.checkup) }

  private static let program = Checkup(.ok, "program", "batchcost", Release.description)

  // MARK: Fonts

  /// Families that pages use, and what becomes of a page without them.
  private static let families = [
    (
      name: "Inter", package: "fonts-inter", isNeeded: true, loss: "reports come out in another face, longer or shorter"
    ),
    (
      name: "Droid Sans Fallback", package: "fonts-droid-fallback", isNeeded: false,
      loss: "names in Chinese, Japanese or Korean may show as boxes"
    ),
    (
      name: "Noto Color Emoji", package: "fonts-noto-color-emoji", isNeeded: false,
      loss: "emoji in names may show as boxes"
    ),
  ]

  private static func fonts() -> [Checkup] {
    families.map { family in
      guard let found = output(of: "fc-match", ["--format", "%{family}", family.name]) else {
        return Checkup(.missing, "font", family.name, "cannot be looked for; install the package fontconfig")
      }
      let names = found.split(separator: ",").map(String.init)
      if names.contains(where: { $0.hasPrefix(family.name) }) { return Checkup(.ok, "font", family.name, "installed") }
      return Checkup(
        family.isNeeded ? .missing : .off, "font", family.name, "\(family.loss); install the package \(family.package)")
    }
  }

  // MARK: Programs

  private struct Helper {
    let name: String
    var variable: String?
    let arguments: [String]
    let use: String
    let remedy: String

    var checkup: Checkup {
      let program = variable.flatMap { ProcessInfo.processInfo.environment[$0] } ?? name
      guard let text = output(of: program, arguments) else {
        return Checkup(.off, "program", name, "not found; \(use): \(remedy)")
      }
      return Checkup(.ok, "program", name, text.split(separator: "\n").first.map(String.init) ?? "installed")
    }
  }

  private static let helpers = [
    Helper(
      name: "duckdb", variable: "BATCHCOST_DUCKDB", arguments: ["--version"], use: "bills in Parquet need it",
      remedy: "pipx install duckdb-cli==1.5.5"),
    Helper(
      name: "qpdf", arguments: ["--version"], use: "checks the PDFs that batchcost writes",
      remedy: "apt-get install qpdf"),
  ]

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
