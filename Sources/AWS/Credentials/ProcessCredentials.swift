import Foundation
import Synchronization

/// `credential_process`: a program that prints credentials. Run without a shell.
struct ProcessCredentials: CredentialsProvider {
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
    let environment = context.environment.all
    let result = await withCheckedContinuation { continuation in
      // A thread of its own: reading pipes blocks.
      Thread { continuation.resume(returning: Self.runAndWait(path, arguments, environment)) }.start()
    }
    switch result {
    case .success(let output): return output
    case .failure(let failure): throw AWSError(.credentials, failure.message, at: place)
    }
  }

  private struct Failure: Error { let message: String }

  private static func runAndWait(
    _ path: String, _ arguments: [String], _ environment: [String: String]
  ) -> Result<[UInt8], Failure> {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch { return .failure(Failure(message: "could not be started")) }
    let complaint = ErrorReader(errors.fileHandleForReading)
    let bytes = [UInt8]((try? output.fileHandleForReading.readToEnd()) ?? Data())
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = complaint.finish().split(whereSeparator: \.isNewline).first ?? ""
      return .failure(Failure(message: "ended with status \(process.terminationStatus): \(text.prefix(300))"))
    }
    return .success(bytes)
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

/// Reads a pipe to its end beside another, so that neither fills up.
private final class ErrorReader: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let text = Mutex("")

  init(_ handle: FileHandle) {
    Thread { [self] in
      let read = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
      text.withLock { $0 = read }
      done.signal()
    }.start()
  }

  func finish() -> String {
    done.wait()
    return text.withLock { $0 }
  }
}
