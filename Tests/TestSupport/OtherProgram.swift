import Foundation
import Subprocess

/// Programs that judge what ours writes or prepare what it reads: qpdf, pdftotext, sh, python3.
///
/// Nothing here blocks a thread while a program runs: on a small machine, all tests share two.
package enum OtherProgram {
  package struct Ended: Sendable {
    /// The exit code, or the negative number of the signal that ended it.
    package var status: Int32
    package var out: String
    package var err: String
  }

  /// Whether `PATH` has a program of this name.
  package static func exists(_ name: String) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: a name to look up in `PATH`, or a path.
  ///   - folder: where it runs; the current folder by default.
  ///   - input: its standard input.
  /// - Throws: if it cannot be started, or prints more than 64 MiB.
  package static func run(
    _ program: String, _ arguments: [String], in folder: URL? = nil, input: String = ""
  ) async throws -> Ended {
    let ended = try await Subprocess.run(
      program.contains("/") ? .path(.init(program)) : .name(program), arguments: .init(arguments),
      workingDirectory: folder.map { .init($0.path) }, input: .string(input), output: .string(limit: 64 << 20),
      error: .string(limit: 1 << 20))
    let status: Int32
    switch ended.terminationStatus {
    case .exited(let code): status = code
    case .signaled(let signal): status = -signal
    }
    return Ended(status: status, out: ended.standardOutput, err: ended.standardError)
  }
}
