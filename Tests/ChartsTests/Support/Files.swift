import Foundation

/// Writes a file into the folder `$BATCHCOST_KEEP`, if set, to look at.
func keep(_ name: String, _ bytes: [UInt8]) {
  guard let folder = ProcessInfo.processInfo.environment["BATCHCOST_KEEP"] else { return }
  try? Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
}

/// A file that exists while the closure runs.
func withFile<T>(_ name: String, _ bytes: [UInt8], _ body: (String) async throws -> T) async throws -> T {
  keep(name, bytes)
  let path = "\(NSTemporaryDirectory())/\(UUID().uuidString)-\(name)"
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await body(path)
}
