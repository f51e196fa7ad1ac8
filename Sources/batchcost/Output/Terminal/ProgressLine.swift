import Base

/// One terminal line that is overwritten; prints nothing if nobody watches.
struct ProgressLine {
  private let isShown = Console.isInteractive

  func show(_ text: String) {
    guard isShown else { return }
    let text = text.shownInLine
    let line = text.count > 78 ? "…" + text.suffix(77) : text
    Console.draw("\r\u{1B}[K\(line)")
  }

  func clear() {
    guard isShown else { return }
    Console.draw("\r\u{1B}[K")
  }
}
