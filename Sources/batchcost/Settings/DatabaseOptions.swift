import Accounting
import ArgumentParser
import Domain
import Foundation
import Insights
import Store

/// Where the database is.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "The database. [default: $BATCHCOST_DATABASE, the configuration file's, batchcost.sqlite]")
  var database: String?

  func path() throws -> String {
    if let database { return database }
    if let named = ProcessInfo.processInfo.environment["BATCHCOST_DATABASE"], !named.isEmpty { return named }
    return try ConfigurationFile.load().database ?? "batchcost.sqlite"
  }

  func openForReading() throws -> Database { try Database(readingFrom: path()) }
  func open() throws -> Database { try Database(path: path()) }
}

/// How the ledger is computed.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: "Weights: split-cost (default), a ratio vCPU:GB[:GPU] such as 9:1:95, cpu-only, memory-only, max-share.")
  var weights: String?

  @Option(help: "Spot price of an instance-hour: instance-hour (default, as billed) or continuous (a cross-check).")
  var spotPrice: String?

  func settings(asOf: Instant? = nil) throws -> LedgerSettings {
    let file = try ConfigurationFile.load()
    var settings = LedgerSettings(asOf: asOf)
    if let text = weights ?? file.weights {
      guard let scheme = WeightScheme(text) else {
        throw ValidationError(
          "--weights \(text): not split-cost, a ratio such as 9:1:95, cpu-only, memory-only or max-share")
      }
      settings.scheme = scheme
    }
    if let text = spotPrice ?? file.spotPriceRule {
      guard let rule = SpotPriceRule(rawValue: text) else {
        throw ValidationError("--spot-price \(text): not instance-hour or continuous")
      }
      settings.spotRule = rule
    }
    return settings
  }
}

extension InsightSettings {
  /// The built-in settings with those of the configuration file.
  static func configured() throws -> InsightSettings {
    var settings = InsightSettings()
    let file = try ConfigurationFile.load()
    if let tag = file.workflowTag { settings.workflowTags.insert(tag, at: 0) }
    settings.budgets = try file.limits()
    return settings
  }
}

extension Instant: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
