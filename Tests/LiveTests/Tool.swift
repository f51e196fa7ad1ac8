import Foundation
import TestSupport

/// The built program, run as people run it.
struct Tool {
  /// Beside the tests' own bundle.
  private static var path: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "batchcost")
  }

  let folder: URL
  let environment: [String: String]

  /// - Parameter url: where FakeAWS listens.
  init(url: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "batchcost-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var variables = FakeAWS.environment(url: url, region: SampleAccount.region)
    variables["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    environment = variables
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  var database: String { folder.appending(path: "batchcost.sqlite").path }

  /// Starts it in its folder; what it prints goes to files there.
  func start(_ arguments: [String], name: String = "run") throws -> Process {
    let process = Process()
    process.executableURL = Self.path
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    for (stream, set) in [("out", \Process.standardOutput), ("err", \Process.standardError)] {
      let file = folder.appending(path: "\(name).\(stream)")
      try Data().write(to: file)
      process[keyPath: set] = try FileHandle(forWritingTo: file)
    }
    try process.run()
    return process
  }

  func text(_ stream: String, name: String = "run") -> String {
    (try? String(contentsOf: folder.appending(path: "\(name).\(stream)"), encoding: .utf8)) ?? ""
  }

  /// Runs it to its end, without holding up those who serve it.
  func run(_ arguments: [String], name: String = "run") async throws -> (status: Int32, out: String, err: String) {
    let process = try start(arguments, name: name)
    await end(of: process)
    return (process.terminationStatus, text("out", name: name), text("err", name: name))
  }

  func end(of process: Process) async {
    while process.isRunning { try? await Task.sleep(for: .milliseconds(20)) }
    process.waitUntilExit()
  }
}
