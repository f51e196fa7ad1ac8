import Dispatch
import Foundation
import Synchronization

/// Reads on one thread while another writes, with a short queue of pages between them, and their memory in return.
final class ReadAhead: Sendable {
  private struct State {
    var pages: [Result<FilePage, any Error>] = []
    var memory: [Page] = []
    var isAbandoned = false
  }

  private let state = Mutex(State())
  private let room: DispatchSemaphore
  private let filled = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - depth: how many pages may wait.
  ///   - open: creates the reader, on the reading thread.
  init(depth: Int, open: @escaping @Sendable () throws -> FilePages) {
    room = DispatchSemaphore(value: depth)
    let thread = Thread { [self] in
      do {
        var pages = try open()
        while let page = try pages.next(reusing: takeMemory()), put(.success(page)) {}
      } catch {
        _ = put(.failure(error))
      }
      state.withLock { $0.memory = [] }
      filled.signal()
      ended.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// The next page, nil at the end.
  func next() throws -> FilePage? {
    filled.wait()
    guard let page = state.withLock({ $0.pages.isEmpty ? nil : $0.pages.removeFirst() }) else {
      // After the end, every call returns the end.
      filled.signal()
      return nil
    }
    room.signal()
    return try page.get()
  }

  /// Returns a written page's memory to the reader.
  func recycle(_ page: consuming Page) {
    let page = page
    state.withLock { $0.memory.append(page) }
  }

  /// Stops reading; returns when the thread has ended.
  func stop() {
    state.withLock { $0.isAbandoned = true }
    room.signal()
    ended.wait()
  }

  private func takeMemory() -> Page? { state.withLock { $0.memory.popLast() } }

  /// Waits for room; false if no more pages are wanted.
  private func put(_ page: Result<FilePage, any Error>) -> Bool {
    room.wait()
    let isWanted = state.withLock { state in
      if !state.isAbandoned { state.pages.append(page) }
      return !state.isAbandoned
    }
    if isWanted { filled.signal() }
    return isWanted
  }
}
