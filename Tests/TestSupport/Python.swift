import Foundation

/// Oracles written in Python: other people's readings of the same rules. Tests skip where they are not installed.
package enum Python {
  /// Whether python3 can import the module.
  package static func has(_ module: String) -> Bool { (try? run("import \(module)", input: "")) != nil }

  /// Whether the botocore is here whose models our tables were written from.
  package static var hasOurBotocore: Bool {
    (try? run("import botocore; assert botocore.__version__ == '1.43.11'", input: "")) != nil
  }

  package struct Failure: Error { package let message: String }

  /// Runs a program with `input` on its standard input; gives back what it prints.
  package static func run(_ program: String, input: String, arguments: [String] = []) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "python-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["program.py", "input", "errors"].map { folder.appending(path: $0) }
    try Data(program.utf8).write(to: files[0])
    try Data(input.utf8).write(to: files[1])
    try Data().write(to: files[2])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", files[0].path] + arguments
    process.standardInput = try FileHandle(forReadingFrom: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(message: String(decoding: (try? Data(contentsOf: files[2])) ?? Data(), as: UTF8.self))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A program in Python that says a line when it is ready and runs until its input closes.
package final class PythonServer {
  /// The line.
  package let greeting: String
  private let process = Process()
  private let input = Pipe()

  package init(_ program: String) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var line = Data()
    while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
      line += byte
    }
    greeting = String(decoding: line, as: UTF8.self)
  }

  package func stop() {
    try? input.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
  }
}
