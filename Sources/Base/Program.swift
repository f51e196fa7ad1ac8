import Subprocess

#if canImport(Glibc)
  import Glibc
#endif

/// Another program that batchcost runs: without a shell, with signals as they come by default, and ended where nobody
/// waits for it any more.
package struct Program: Sendable, Equatable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The first of that name in the folders of a `PATH`; a name with a slash is a path already. Nil where there is none
  /// that may be run.
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
    /// Nil where it did all that it should: `ended with status 3`, `was ended by signal 9`.
    package let failure: String?
    package let output: [UInt8]
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

  /// Why there is no end to tell of: `could not be started`.
  package struct Fault: Error, Equatable {
    package let reason: String
  }

  /// Bytes of messages, and by default of what a program prints.
  package static let mostBytes = 1 << 20

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - environment: all of it; nil: that of this process.
  ///   - patience: how many seconds it may take.
  ///   - sleep: waits so long.
  /// - Throws: `Fault`, or `CancellationError` where the task is cancelled; the program has ended then.
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
