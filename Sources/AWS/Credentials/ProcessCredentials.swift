import Base

/// `credential_process`: a program that prints credentials. Run without a shell, and ended if it takes too long.
struct ProcessCredentials: CredentialsProvider {
  /// Seconds; long enough to answer a prompt of the program.
  private static let patience = 120.0

  let context: CredentialsContext
  let profile: String

  func load() async throws(AWSError) -> Credentials? {
    guard let profile = context.config.profiles[profile], let line = profile["credential_process"] else { return nil }
    let place = "credential_process of \(profile.place)"
    guard let words = CommandLineWords.split(line), let program = words.first else {
      throw AWSError(.configuration, "has an unclosed quote", at: place)
    }
    let output = try await run(program, Array(words.dropFirst()), place)
    guard let document = CredentialDocument(json: output) else {
      throw AWSError(.credentials, "printed no JSON document", at: place)
    }
    guard document.version == 1 else {
      throw AWSError(.credentials, "printed a document whose Version is not 1", at: place)
    }
    return try document.credentials(source: place)
  }

  private func run(_ program: String, _ arguments: [String], _ place: String) async throws(AWSError) -> [UInt8] {
    let name = program.contains("/") ? context.environment.expandingHome(program) : program
    guard let found = Program(name, in: context.environment["PATH"]) else {
      throw AWSError(.configuration, "no program \"\(program)\" on the PATH", at: place)
    }
    let ended: Program.Ended
    do {
      ended = try await found.run(
        arguments, environment: context.environment.all, patience: Self.patience, sleep: context.timing.sleep)
    } catch let fault as Program.Fault {
      throw AWSError(.credentials, Self.firstLine(fault.reason), at: place)
    } catch {
      throw AWSError(.cancelled, "cancelled", at: place)
    }
    guard let failure = ended.failure else { return ended.output }
    throw AWSError(.credentials, "\(failure): \(Self.firstLine(ended.errors))", at: place)
  }

  /// As it may appear in a message.
  private static func firstLine(_ text: String) -> String {
    String((text.split(whereSeparator: \.isNewline).first ?? "").prefix(300)).shownInLine
  }
}
