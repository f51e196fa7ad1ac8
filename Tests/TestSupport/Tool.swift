import Foundation

/// The built program, run as people run it.
package struct Tool: Sendable {
  /// Where one of its standard streams goes.
  package enum Target: Sendable {
    case file
    /// A disk without space.
    case full
    /// A pipe that nobody reads.
    case unread
    /// Nowhere: the program starts without the stream.
    case none
  }

  /// How a run ended, and what it printed to files.
  package struct Run: Sendable {
    package var status: Int32
    /// Whether a signal, such as a trap, ended it.
    package var wasKilled = false
    package var out: String
    package var err: String
  }

  /// The release build named by `BATCHCOST_PROGRAM`, or the one built beside the test bundle.
  package static var path: String {
    if let path = ProcessInfo.processInfo.environment["BATCHCOST_PROGRAM"] { return path }
    return URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "batchcost").path
  }

  package let folder: URL
  package var environment: [String: String]

  /// - Parameter url: where FakeAWS listens.
  package init(url: String = "http://127.0.0.1:9") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "batchcost-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    environment = FakeAWS.environment(url: url, region: SampleAccount.region)
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
  }

  package func remove() { try? FileManager.default.removeItem(at: folder) }

  package var database: String { folder.appending(path: "batchcost.sqlite").path }

  /// Writes a file into its folder.
  package func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// Starts it in its folder; its output goes to files there, unless sent elsewhere.
  /// - Parameter fileKiB: the size no file may exceed, as on a full disk.
  package func start(
    _ arguments: [String], name: String = "run", out: Target = .file, err: Target = .file, fileKiB: Int? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let closings = (out == .none ? " >&-" : "") + (err == .none ? " 2>&-" : "")
    let bound = fileKiB.map { "trap '' XFSZ; ulimit -f \($0 * 2); " } ?? ""
    process.arguments = ["-c", "\(bound)exec \"$@\"\(closings)", "sh", Self.path] + arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try handle(out, "\(name).out")
    process.standardError = try handle(err, "\(name).err")
    try process.run()
    return process
  }

  private func handle(_ target: Target, _ name: String) throws -> FileHandle {
    let file = folder.appending(path: name)
    try Data().write(to: file)
    switch target {
    case .file, .none: return try FileHandle(forWritingTo: file)
    case .full: return try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    case .unread:
      let pipe = Pipe()
      try pipe.fileHandleForReading.close()
      return pipe.fileHandleForWriting
    }
  }

  package func text(_ stream: String, name: String = "run") -> String {
    (try? String(contentsOf: folder.appending(path: "\(name).\(stream)"), encoding: .utf8)) ?? ""
  }

  /// Runs it to its end, without blocking whoever serves it.
  package func run(
    _ arguments: [String], name: String = "run", out: Target = .file, err: Target = .file, fileKiB: Int? = nil
  ) async throws -> Run {
    let process = try start(arguments, name: name, out: out, err: err, fileKiB: fileKiB)
    await end(of: process)
    return Run(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      out: text("out", name: name), err: text("err", name: name))
  }

  package func end(of process: Process) async {
    while process.isRunning { try? await Task.sleep(for: .milliseconds(20)) }
    process.waitUntilExit()
  }
}
