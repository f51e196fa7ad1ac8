import Foundation
import Subprocess

/// Oracles written in Python: other people's readings of the same rules. Tests skip if they are not installed.
package enum Python {
  /// Whether python3 can import the module.
  @Sendable package static func has(_ module: String) async -> Bool {
    (try? await run("import \(module)", input: "")) != nil
  }

  /// Whether this is the botocore whose models our tables were made from.
  @Sendable package static func hasOurBotocore() async -> Bool {
    (try? await run("import botocore; assert botocore.__version__ == '1.43.11'", input: "")) != nil
  }

  package struct Failure: Error { package let message: String }

  /// Runs a program with `input` on its standard input and returns what it prints.
  package static func run(_ program: String, input: String, arguments: [String] = []) async throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).py")
    try Data(program.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let ended = try await OtherProgram.run("python3", [file.path] + arguments, input: input)
    guard ended.status == 0 else { throw Failure(message: ended.err) }
    return ended.out
  }

  /// Runs a program that prints a line when it is ready and stops when its input closes.
  ///
  /// - Parameter body: called with the line.
  package static func serve(_ program: String, _ body: (_ greeting: String) async throws -> Void) async throws {
    try await Server.run(.name("python3"), ["-c", program], ready: "", body)
  }
}

/// A program that serves while a test runs.
package enum Server {
  /// - Parameters:
  ///   - ready: the beginning of the line that says the program is ready.
  ///   - body: called with that line; the program is stopped afterwards.
  package static func run(
    _ program: Executable, _ arguments: [String], ready: String, _ body: (_ line: String) async throws -> Void
  ) async throws {
    let ended = try await Subprocess.run(
      program, arguments: .init(arguments), input: .inputWriter, output: .sequence, error: .discarded
    ) { execution -> Result<Void, any Error> in
      var outcome = Result<Void, any Error>.failure(Python.Failure(message: "ended before it was ready"))
      for try await line in execution.standardOutput.strings() where line.hasPrefix(ready) {
        do {
          try await body(line.trimmingCharacters(in: .whitespacesAndNewlines))
          outcome = .success(())
        } catch { outcome = .failure(error) }
        break
      }
      await execution.teardown(using: [])
      return outcome
    }
    try ended.closureResult.get()
  }
}
