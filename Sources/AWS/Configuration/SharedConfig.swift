import Base

/// The contents of `~/.aws/config` and `~/.aws/credentials`, or of the files that `AWS_CONFIG_FILE` and
/// `AWS_SHARED_CREDENTIALS_FILE` name.
struct SharedConfig: Sendable {
  let profiles: [String: Profile]
  /// `[sso-session name]`
  let ssoSessions: [String: [String: String]]
  /// `[services name]`: settings by service.
  let services: [String: [String: [String: String]]]

  /// Missing files count as empty.
  /// - Throws: `AWSError` of kind `configuration`, with file and line, if one cannot be read or parsed.
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
    // As in botocore, the later of `[default]` and `[profile default]` counts.
    for section in config.sections {
      if section.name == "default" {
        settings["default"] = section
      } else if let name = Self.name(section.name, of: "profile") {
        settings[name] = section
      } else if let name = Self.name(section.name, of: "sso-session") {
        ssoSessions[name] = section.values
      } else if let name = Self.name(section.name, of: "services") {
        services[name] = section.nested
      }
    }
    let names = Set(settings.keys).union(credentials.sections.map(\.name))
    profiles = Dictionary(
      uniqueKeysWithValues: names.map { name in
        (
          name,
          Profile(
            name: name, values: settings[name]?.values ?? [:], nested: settings[name]?.nested ?? [:],
            credentialValues: credentials.values(of: name))
        )
      })
    self.ssoSessions = ssoSessions
    self.services = services
  }

  /// - Throws: `AWSError`, with the names of the existing profiles, if there is no such profile.
  func profile(_ name: String, askedFor place: String) throws(AWSError) -> Profile {
    if let profile = profiles[name] { return profile }
    let known = profiles.keys.sorted().joined(separator: ", ")
    throw AWSError(
      .configuration, "no profile named \"\(name)\"", at: place,
      remedy: known.isEmpty ? "no profile is configured" : "there are \(known)")
  }

  /// `my profile` of `profile "my profile"`.
  private static func name(_ title: String, of kind: String) -> String? {
    guard title.hasPrefix(kind), let words = CommandLineWords.split(title), words.count == 2 else { return nil }
    return words[1]
  }

  /// Anything but a regular file counts as missing, as for the AWS command line: people use `/dev/null` for "none".
  private static func read(_ path: String, _ environment: Environment) throws(AWSError) -> INIFile {
    let file = SmallFile(environment.expanding(path))
    guard file.kind == .regular else { return INIFile() }
    let text: String
    do { text = try file.text() } catch {
      throw AWSError(.configuration, error.reason, at: error.path)
    }
    do { return try INIFile(text) } catch {
      throw AWSError(.configuration, error.reason, at: "\(file.path):\(error.line)")
    }
  }
}
