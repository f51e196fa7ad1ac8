import Subprocess

#if canImport(Glibc)
  import Glibc
#endif

/// Another program that batchcost runs: without a shell, with default signal handling, and ended once nobody waits for
/// it any more.
package struct Program: Sendable, Equatable {
  /// An executable file; it is not looked up again.
  package let path: String

  package init(path: String) { self.path = path }

  /// The first program of that name in the folders of a `PATH`; a name with a slash is already a path. Nil if there is
  /// none that may be run.
  package init?(_ name: String, in folders: String?) {
    let folders = (folders ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    let places = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
    guard let path = places.first(where: Self.isProgram) else { return nil }
    self.path = path
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return access(path, X_OK) == 0 && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// How a run ended, and what was printed.
  package struct Ended: Sendable {
    /// Nil on success; else such as `ended with status 3` or `was ended by signal 9`.
    package let failure: String?
    /// Standard output, at most `mostBytes`; empty where it went elsewhere.
    package let output: [UInt8]
    /// Error output, at most `mostBytes`.
    package let errors: String

    init(_ status: TerminationStatus, output: [UInt8] = [], errors: String) {
      failure =
        switch status {
        case .exited(0): nil
        case .exited(let code): "ended with status \(code)"
        case .signaled(let signal): "was ended by signal \(signal)"
        }
      self.output = output
      self.errors = errors
    }
  }

  /// Why a run has no result: `could not be started`.
  package struct Fault: Error, Equatable {
    /// Follows the program's name in a sentence.
    package let reason: String
  }

  /// The limit on error output, and by default on standard output, in bytes.
  package static let mostBytes = 1 << 20

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - environment: the whole environment; nil: that of this process.
  ///   - patience: the time limit in seconds.
  ///   - sleep: waits for so long.
  /// - Throws: `Fault`, or `CancellationError` if the task is cancelled; by then the program has ended.
  package func run(
    _ arguments: [String], environment: [String: String]? = nil, patience: Double,
    sleep: @escaping @Sendable (_ seconds: Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
  ) async throws -> Ended {
    let variables = environment?.map { Array("\($0)=\($1)".utf8) + [0] }
    do {
      let ended = try await withThrowingTaskGroup(of: Ended?.self) { group in
        group.addTask {
          let ended = try await Subprocess.run(
            .path(.init(path)), arguments: .init(arguments), environment: variables.map { .custom($0) } ?? .inherit,
            input: .none, output: .bytes(limit: Self.mostBytes), error: .string(limit: Self.mostBytes))
          return Ended(ended.terminationStatus, output: ended.standardOutput, errors: ended.standardError)
        }
        group.addTask {
          try await sleep(patience)
          return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
      }
      guard let ended else { throw Fault(reason: "did not end within \(Int(patience)) seconds") }
      return ended
    } catch {
      throw Task.isCancelled ? CancellationError() : Fault(error)
    }
  }
}

extension Program.Fault {
  init(_ error: any Error) {
    if let fault = error as? Program.Fault {
      self = fault
      return
    }
    switch (error as? SubprocessError)?.code {
    case .outputLimitExceeded: reason = "printed more than \(Program.mostBytes) bytes"
    case .spawnFailed, .executableNotFound: reason = "could not be started"
    default: reason = "failed: \(error)"
    }
  }
}
