import Foundation

/// A program that judges what we write: qpdf, pdfinfo, pdftotext.
struct Tool {
  let path: String

  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    guard let found = folders.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile) else {
      return nil
    }
    path = found
  }

  static func exists(_ name: String) -> Bool { Tool(name) != nil }

  /// What the program prints on both streams, and its exit code.
  func run(_ arguments: [String]) throws -> (output: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }
}

/// A file that lives as long as the closure; kept in `$BATCHCOST_KEEP` for looking at, if that is set.
func withFile<T>(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
  if let keep = ProcessInfo.processInfo.environment["BATCHCOST_KEEP"] {
    try? Data(bytes).write(to: URL(fileURLWithPath: "\(keep)/\(name)"))
  }
  let path = "\(NSTemporaryDirectory())/\(UUID().uuidString)-\(name)"
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
