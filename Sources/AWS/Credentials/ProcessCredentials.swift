import Base
import Foundation
import Subprocess

/// `credential_process`: a program that prints credentials. Run without a shell, and ended where it takes too long.
struct ProcessCredentials: CredentialsProvider {
  /// Seconds; time enough to answer a question of the program's.
  private static let patience = 120.0
  private static let mostBytes = 1 << 20

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
    guard let path = find(program) else {
      throw AWSError(.configuration, "no program \"\(program)\" on the PATH", at: place)
    }
    let printed: Printed?
    do { printed = try await finished(path, arguments) } catch {
      if error is CancellationError || Task.isCancelled { throw AWSError(.cancelled, "cancelled", at: place) }
      throw AWSError(.credentials, Self.reason(error), at: place)
    }
    guard let printed else {
      throw AWSError(.credentials, "did not end within \(Int(Self.patience)) seconds", at: place)
    }
    if printed.status == .exited(0) { return printed.output }
    throw AWSError(.credentials, "\(Self.words(printed.status)): \(Self.firstLine(printed.errors))", at: place)
  }

  private struct Printed: Sendable {
    let status: TerminationStatus
    let output: [UInt8]
    let errors: String
  }

  /// What the program printed; nil where it took too long and was ended.
  private func finished(_ path: String, _ arguments: [String]) async throws -> Printed? {
    let variables = context.environment.all.map { Array("\($0)=\($1)".utf8) + [0] }
    return try await withThrowingTaskGroup(of: Printed?.self) { group in
      group.addTask {
        let ended = try await Subprocess.run(
          .path(.init(path)), arguments: .init(arguments), environment: .custom(variables), input: .none,
          output: .bytes(limit: Self.mostBytes), error: .string(limit: Self.mostBytes))
        return Printed(
          status: ended.terminationStatus, output: ended.standardOutput, errors: ended.standardError)
      }
      group.addTask {
        try await context.timing.sleep(Self.patience)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch (error as? SubprocessError)?.code {
    case .outputLimitExceeded: "printed more than \(mostBytes) bytes"
    case .spawnFailed, .executableNotFound: "could not be started"
    default: "failed: \(firstLine("\(error)"))"
    }
  }

  private static func words(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "ended with status \(code)"
    case .signaled(let signal): "was ended by signal \(signal)"
    }
  }

  /// As it may stand in a message.
  private static func firstLine(_ text: String) -> String {
    String((text.split(whereSeparator: \.isNewline).first ?? "").prefix(300)).shownInLine
  }

  private func find(_ program: String) -> String? {
    if program.contains("/") {
      let path = context.environment.expandingHome(program)
      return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }
    let folders = (context.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
