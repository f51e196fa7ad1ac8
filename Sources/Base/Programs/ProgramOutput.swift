import Dispatch
import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// What a program prints, for a reader that cannot `await`, such as inside a transaction. Separate threads look after
/// the program. Even so, swift-subprocess 1.0.2 reports its end only once a thread of the pool is free, so no pool
/// thread may wait for it (`findings/swift-subprocess-executor.sh`).
package final class ProgramOutput: Sendable {
  /// Where to read; the reader closes it.
  package let descriptor: Int32
  private let task: Task<Void, Never>
  private let outcome: Outcome

  private final class Outcome: Sendable {
    let result = Mutex<Result<Program.Ended, any Error>?>(nil)
    let isThere = DispatchSemaphore(value: 0)
  }

  /// Starts it.
  ///
  /// - Parameter input: the program's standard input; it is closed here.
  /// - Throws: `FileError` if no pipe can be made. That the program cannot be started is an error of `end`.
  package init(of program: Program, _ arguments: [String], input: Int32) throws(FileError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      let code = errno
      close(input)
      throw FileError(program.path, code: code)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (output, outcome) = (ends[1], Outcome())
    descriptor = ends[0]
    self.outcome = outcome
    task = Task(executorPreference: HelperThreads.shared) {
      let result: Result<Program.Ended, any Error>
      do {
        let ended = try await Subprocess.run(
          .path(.init(program.path)), arguments: .init(arguments),
          input: .fileDescriptor(.init(rawValue: input), closeAfterSpawningProcess: true),
          output: .fileDescriptor(.init(rawValue: output), closeAfterSpawningProcess: true),
          error: .string(limit: Program.mostBytes))
        result = .success(Program.Ended(ended.terminationStatus, errors: ended.standardError))
      } catch {
        result = .failure(error)
      }
      outcome.result.withLock { $0 = result }
      outcome.isThere.signal()
    }
  }

  deinit { task.cancel() }

  /// Ends the program if it is still running.
  package func cancel() { task.cancel() }

  /// Waits for the end of the program, once its output has been read.
  ///
  /// - Parameter patience: the program is ended after this many seconds.
  /// - Throws: `Program.Fault`
  package func end(patience: Double) throws -> Program.Ended {
    if outcome.isThere.wait(timeout: .now() + patience) == .timedOut {
      task.cancel()
      outcome.isThere.wait()
      throw Program.Fault(reason: "did not end within \(Int(patience)) seconds of its last output")
    }
    outcome.isThere.signal()
    guard let result = outcome.result.withLock({ $0 }) else { throw Program.Fault(reason: "failed") }
    do { return try result.get() } catch { throw Program.Fault(error) }
  }
}

/// Threads that do no other work.
private final class HelperThreads: TaskExecutor {
  static let shared = HelperThreads()

  private let queue = DispatchQueue(label: "batchcost.programs", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
