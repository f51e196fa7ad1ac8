import Base
import Synchronization

/// One terminal line for each of several tasks under way; prints nothing if nobody watches.
final class ProgressBoard: Sendable {
  private struct State {
    var lines: [(name: String, text: String)]
    var drawn = 0
  }

  private let state: Mutex<State>
  private let isShown = Console.isInteractive

  init(_ names: [String]) { state = Mutex(State(lines: names.map { ($0, "waiting") })) }

  func show(_ name: String, _ text: String) {
    guard isShown else { return }
    state.withLock { state in
      for index in state.lines.indices where state.lines[index].name == name { state.lines[index].text = text }
      draw(&state)
    }
  }

  func clear() {
    guard isShown else { return }
    state.withLock { state in
      Console.draw((up(state.drawn) + "\u{1B}[J"))
      state.drawn = 0
    }
  }

  private func draw(_ state: inout State) {
    let width = state.lines.map(\.name.count).max() ?? 0
    let lines = state.lines.map { line in
      let space = String(repeating: " ", count: width - line.name.count + 2)
      return "\u{1B}[K\(line.name)\(space)\(line.text.shownInLine.prefix(60))\n"
    }
    Console.draw((up(state.drawn) + lines.joined()))
    state.drawn = lines.count
  }

  private func up(_ count: Int) -> String { count > 0 ? "\r\u{1B}[\(count)A" : "" }
}
