import FlyingFox
import FlyingSocks
import Foundation

/// Sockets that send what they have at once, and are forgotten before they are closed.
///
/// The server writes an answer's head and body apart, and the second would wait some 40 ms for the first to be
/// acknowledged. The pool wakes who waits for a socket before it takes the socket from its list: where that one closes
/// the socket meanwhile, the pool takes the next connection of that number for one that it watches already, and it is
/// never heard.
struct PromptSockets: AsyncSocketPool {
  private let pool: any AsyncSocketPool = HTTPServer.defaultPool()

  func prepare() async throws { try await pool.prepare() }
  func run() async throws { try await pool.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    try await pool.suspendSocket(socket, untilReadyFor: events)
    // The pool is an actor: this refused call waits until it has done with the socket.
    try? await pool.run()
  }
}
