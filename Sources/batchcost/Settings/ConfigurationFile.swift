import ArgumentParser
import Foundation
import Yams

/// `batchcost.yaml` in the current folder, else in the user's configuration folder. Flags and the environment come
/// before it.
struct ConfigurationFile: Decodable {
  /// The database that commands use where neither flag nor environment names one.
  var database: String?
  /// `split-cost`, `9:1:95`, `cpu-only`, `memory-only` or `max-share`.
  var weights: String?
  /// `instance-hour` or `continuous`.
  var spotPriceRule: String?
  /// What may be spent at most: see `batchcost check`.
  var budgets: [Budget]?
  /// Share of the cost that may stand unused, such as `20%`.
  var maxUnused: String?
  /// Share of the cost that may be retried or come to nothing.
  var maxRetried: String?
  /// What `collect` collects where no flag says: see `AccountSettings`.
  var accounts: [AccountSettings]?
  /// A tag whose value names a workflow run.
  var workflowTag: String?

  private enum CodingKeys: String, CodingKey {
    case database, weights, budgets, accounts
    case maxUnused = "max_unused"
    case maxRetried = "max_retried"
    case workflowTag = "workflow_tag"
    case spotPriceRule = "spot_price_rule"
  }

  /// The folder for users' own settings, queries and reports.
  static var userFolder: String {
    let environment = ProcessInfo.processInfo.environment
    let base = environment["XDG_CONFIG_HOME"] ?? "\(environment["HOME"] ?? "~")/.config"
    return "\(base)/batchcost"
  }

  static func load() throws -> ConfigurationFile {
    for path in ["batchcost.yaml", "\(userFolder)/batchcost.yaml"] {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
      do {
        return text.allSatisfy(\.isWhitespace)
          ? ConfigurationFile() : try YAMLDecoder().decode(ConfigurationFile.self, from: text)
      } catch {
        throw ValidationError("\(path): \(error)")
      }
    }
    return ConfigurationFile()
  }
}
