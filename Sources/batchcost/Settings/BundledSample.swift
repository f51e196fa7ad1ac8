import Foundation

/// The sample account that comes with batchcost: two weeks of a made-up account, as the AWS CLI would have written them.
enum BundledSample {
  /// The time of collection, as its README says.
  static let collectedAt = "2026-11-02T05:20:00Z"

  /// Nobody's: the number that AWS's documentation uses.
  static let account = "111122223333"

  /// Where a program that runs from `binary` looks for the sample.
  ///
  /// Installed in `PREFIX/bin`, in `PREFIX/share/batchcost`; built by SwiftPM, beside itself.
  static func places(besides binary: URL) -> [URL] {
    let folder = binary.resolvingSymlinksInPath().deletingLastPathComponent()
    return [
      folder.deletingLastPathComponent().appending(path: "share/batchcost/fortnight"),
      folder.appending(path: "batchcost_batchcost.resources/fortnight"),
    ]
  }

  /// - Throws: an error that names the places searched.
  static func folder() throws -> URL {
    let places = places(besides: Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
    if let found = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) { return found }
    let names = places.map(\.path).joined(separator: " and ")
    Console.message("Error: the bundled sample account is missing; it belongs in one of \(names)")
    throw ExitStatus.failed
  }
}
