import AWS
import Accounting
import Base
import Collect
import Configuration
import Domain
import Foundation
import Insights

/// `batchcost.yaml` in the current folder, else in the user's configuration folder. Flags and environment variables
/// take precedence.
struct ConfigurationFile {
  /// The database, unless a flag or the environment names one.
  var database: String?
  /// `9:1:95`, or one of `WeightScheme.named`.
  var weights: WeightScheme?
  /// `instance-hour` or `continuous`.
  var spotPriceRule: SpotPriceRule?
  /// Limits on cost, unused capacity and failed work: see `batchcost check`.
  var limits: [Limit] = []
  /// What `collect` collects, unless a flag says otherwise.
  var accounts: [AccountSettings] = []
  /// Workflow clients beside the built-in ones, and tags that name a run for any client.
  var clients: [WorkflowClient] = []
  /// Which tags name teams, projects, users and runs.
  var tags = TagRoles()
  /// When jobs make checkpoints.
  var checkpoints: [CheckpointRule] = []

  init() {}

  /// - Throws: `SettingError` for invalid settings.
  init(_ reader: SettingsReader) throws {
    if reader.has("workflow_tag") { throw reader.error("workflow_tag", "is now `tags: {workflow: …}`") }
    try reader.allow([
      "database", "weights", "spot_price_rule", "budgets", "max_unused", "max_retried", "accounts", "tags",
      "workflow_clients", "checkpoints",
    ])
    database = try reader.value("database", as: { $0.isEmpty ? nil : $0 }, expected: "a path")
    weights = try reader.value("weights", as: { WeightScheme($0) }, expected: WeightScheme.expected)
    spotPriceRule = try reader.value(
      "spot_price_rule", as: SpotPriceRule.init(rawValue:), expected: SpotPriceRule.expected)
    limits = try Self.limits(reader)
    accounts = try reader.readers("accounts").map(AccountSettings.init)
    clients = try reader.readers("workflow_clients").map(WorkflowClient.init)
    checkpoints = try reader.readers("checkpoints").map(CheckpointRule.init)
    if let reader = try reader.reader("tags") { tags = try TagRoles(reader) }
    clients += (tags.keys[.workflow] ?? []).map(WorkflowClient.runs)
  }

  /// The folder for users' own settings, queries and reports.
  static var userFolder: String {
    let environment = ProcessInfo.processInfo.environment
    let named = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    return "\(named ?? "\(environment["HOME"] ?? "~")/.config")/batchcost"
  }

  private static let loaded = Result { try read() }

  /// The settings of the file, read once per run.
  static func load() throws -> ConfigurationFile { try loaded.get() }

  private static func read() throws -> ConfigurationFile {
    for path in ["batchcost.yaml", "\(userFolder)/batchcost.yaml"] where SmallFile(path).kind != .absent {
      return try ConfigurationFile(SettingsReader(file: path))
    }
    for name in ["batchcost.yml", "batchcost.yaml.txt"] where SmallFile(name).kind != .absent {
      throw SettingError(file: name, "is not read: call it batchcost.yaml")
    }
    return ConfigurationFile()
  }
}

extension WeightScheme {
  /// The accepted values, for errors.
  static var expected: String {
    "split-cost, a ratio such as 9:1:95, cpu-only, memory-only, max-share, gpu-only or opencost"
  }
}

extension SpotPriceRule {
  static var expected: String { "instance-hour or continuous" }
}
