import Foundation

/// What `~/.aws/config` and `~/.aws/credentials` say, or the files that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name.
struct SharedConfig: Sendable {
  let profiles: [String: Profile]
  /// `[sso-session name]`
  let ssoSessions: [String: [String: String]]
  /// `[services name]`: settings by service.
  let services: [String: [String: [String: String]]]

  /// Files that are not there count as empty.
  /// - Throws: `AWSError` of kind `configuration` where one cannot be read or understood, with file and line.
  init(environment: Environment) throws(AWSError) {
    let config = try Self.read(
      environment["AWS_CONFIG_FILE"] ?? "~/.aws/config", environment)
    let credentials = try Self.read(
      environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials", environment)
    self.init(config: config, credentials: credentials)
  }

  init(config: INIFile, credentials: INIFile) {
    var settings: [String: INIFile.Section] = [:]
    var ssoSessions: [String: [String: String]] = [:]
    var services: [String: [String: [String: String]]] = [:]
    for (title, section) in config.sections {
      if title == "default" {
        // `[profile default]` comes before `[default]`.
        if config.sections["profile default"] == nil { settings["default"] = section }
      } else if let name = Self.name(title, after: "profile ") {
        settings[name] = section
      } else if let name = Self.name(title, after: "sso-session ") {
        ssoSessions[name] = section.values
      } else if let name = Self.name(title, after: "services ") {
        services[name] = section.nested
      }
    }
    let names = Set(settings.keys).union(credentials.sections.keys)
    profiles = Dictionary(
      uniqueKeysWithValues: names.map { name in
        let section = settings[name] ?? INIFile.Section()
        return (
          name,
          Profile(
            name: name, values: section.values, nested: section.nested,
            credentialValues: credentials.sections[name]?.values ?? [:])
        )
      })
    self.ssoSessions = ssoSessions
    self.services = services
  }

  /// - Throws: `AWSError` where there is no such profile; names those there are.
  func profile(_ name: String, askedFor place: String) throws(AWSError) -> Profile {
    if let profile = profiles[name] { return profile }
    let known = profiles.keys.sorted().joined(separator: ", ")
    throw AWSError(
      .configuration, "no profile named \"\(name)\"", at: place,
      remedy: known.isEmpty ? "no profile is configured" : "there are \(known)")
  }

  private static func name(_ title: String, after prefix: String) -> String? {
    title.hasPrefix(prefix) ? String(title.dropFirst(prefix.count)) : nil
  }

  private static func read(_ path: String, _ environment: Environment) throws(AWSError) -> INIFile {
    let path = environment.expandingHome(path)
    guard let bytes = FileManager.default.contents(atPath: path) else {
      if FileManager.default.fileExists(atPath: path) {
        throw AWSError(.configuration, "cannot be read", at: path, remedy: "check its permissions")
      }
      return INIFile()
    }
    do {
      return try INIFile(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw AWSError(.configuration, "is neither [section] nor key = value", at: "\(path):\(error.line)")
    }
  }
}
