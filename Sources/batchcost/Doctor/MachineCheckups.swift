import Base
import Foundation

/// What is on this machine: fonts, and programs that batchcost runs or that check what it wrote.
enum MachineCheckups {
  static func all() async -> [Checkup] {
    var checkups = [program]
    for family in families { checkups.append(await family.checkup) }
    for helper in helpers { checkups.append(await helper.checkup) }
    return checkups
  }

  private static let program = Checkup(.ok, "program", "batchcost", Release.description)

  // MARK: Fonts

  private struct Family {
    let name: String
    let package: String
    var isNeeded = false
    /// How a page suffers without it.
    let loss: String

    var checkup: Checkup {
      get async {
        guard let found = await output(of: "fc-match", ["--format", "%{family}", name]) else {
          return Checkup(.missing, "font", name, "cannot be checked; install the package fontconfig")
        }
        let names = found.split(separator: ",")
        if names.contains(where: { $0.hasPrefix(name) }) { return Checkup(.ok, "font", name, "installed") }
        return Checkup(isNeeded ? .missing : .off, "font", name, "\(loss); install the package \(package)")
      }
    }
  }

  /// Families that pages use.
  private static let families = [
    Family(
      name: "Inter", package: "fonts-inter", isNeeded: true,
      loss: "reports use another font, and their text is longer or shorter"
    ),
    Family(
      name: "Droid Sans Fallback", package: "fonts-droid-fallback",
      loss: "names in Chinese, Japanese or Korean may show as boxes"),
    Family(
      name: "Noto Color Emoji", package: "fonts-noto-color-emoji", loss: "emoji in names may show as boxes"),
  ]

  // MARK: Programs

  private struct Helper {
    let name: String
    var variable: String?
    let arguments: [String]
    let use: String
    let remedy: String

    var checkup: Checkup {
      get async {
        let program = variable.flatMap { ProcessInfo.processInfo.environment[$0] } ?? name
        guard let text = await output(of: program, arguments) else {
          return Checkup(.off, "program", name, "not found; \(use): \(remedy)")
        }
        return Checkup(.ok, "program", name, text.split(separator: "\n").first.map(String.init) ?? "installed")
      }
    }
  }

  private static let helpers = [
    Helper(
      name: "duckdb", variable: "BATCHCOST_DUCKDB", arguments: ["--version"], use: "bills in Parquet and lakes need it",
      remedy: Program.duckDBInstallation),
    Helper(
      name: "qpdf", arguments: ["--version"], use: "checks the PDFs that batchcost writes",
      remedy: "apt-get install qpdf"),
  ]

  /// In seconds: `fc-match` may have to scan all fonts first.
  private static let patience = 30.0

  /// What a program prints; nil if it is missing, fails or takes too long.
  private static func output(of name: String, _ arguments: [String]) async -> String? {
    guard let program = Program(name, in: ProcessInfo.processInfo.environment["PATH"]),
      let ended = try? await program.run(arguments, patience: patience), ended.failure == nil
    else { return nil }
    return String(decoding: ended.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
