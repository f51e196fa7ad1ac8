/// One profile of the config and credentials files.
struct Profile: Sendable, Equatable {
  let name: String
  /// From the config file.
  let values: [String: String]
  let nested: [String: [String: String]]
  /// From the credentials file.
  let credentialValues: [String: String]

  /// A setting from the credentials file, which comes first as in botocore, or else from the config file.
  subscript(key: String) -> String? {
    [credentialValues[key], values[key]].compactMap { $0 }.first { !$0.isEmpty }
  }

  /// Keys written in either file.
  var hasStaticKeys: Bool {
    credentialValues["aws_access_key_id"] != nil || values["aws_access_key_id"] != nil
  }

  /// A role to assume with keys from elsewhere (not web identity, which needs none).
  var assumesRole: Bool {
    self["role_arn"] != nil && (self["source_profile"] != nil || self["credential_source"] != nil)
  }

  var place: String { "profile \(name)" }
}
