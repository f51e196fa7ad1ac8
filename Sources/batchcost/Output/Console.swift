import Foundation

/// Results go to standard output; everything else goes to standard error.
enum Console {
  static func result(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
  static func message(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// Whether standard error is a terminal that a person watches.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }
}
