import Configuration
import Insights

extension TagRoles {
  /// `tags` of batchcost.yaml: one key per role, or a list of them.
  ///
  /// ```yaml
  /// tags:
  ///   team: [team, Team]
  ///   user: owner
  /// ```
  ///
  /// - Throws: `SettingError` for invalid settings.
  init(_ reader: SettingsReader) throws {
    guard !reader.properties.isEmpty else { throw reader.error("must say what tags are for, such as `team: owner`") }
    try reader.allow(Role.allCases.map(\.rawValue))
    var keys: [Role: [String]] = [:]
    for role in Role.allCases where reader.has(role.rawValue) {
      let named = try reader.strings(role.rawValue)
      guard !named.isEmpty, named.allSatisfy({ !$0.isEmpty }), Set(named).count == named.count else {
        throw reader.error(role.rawValue, "must be the key of a tag, or a list of different ones")
      }
      keys[role] = named
    }
    self.init(keys)
  }
}
