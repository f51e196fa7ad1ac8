import Base
import Synchronization

/// A standard stream that remembers why a write failed, and writes nothing after that.
struct ConsoleStream: ~Copyable {
  private let descriptor: Int32
  private let ended = Mutex<Int32>(0)

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The error number that ended it; 0 while it works.
  var failure: Int32 { ended.withLock { $0 } }

  func write(_ bytes: some Collection<UInt8>) {
    ended.withLock { code in
      if code == 0 { code = writeAll(bytes, to: descriptor) }
    }
  }
}
