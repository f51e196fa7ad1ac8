import Foundation

/// One line on a terminal that is written over; nothing where nobody watches.
struct ProgressLine {
  private let isShown = Console.isInteractive

  func show(_ text: String) {
    guard isShown else { return }
    let line = text.count > 78 ? "…" + text.suffix(77) : text
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
  }

  func clear() {
    guard isShown else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
