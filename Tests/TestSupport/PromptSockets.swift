import FlyingFox
import FlyingSocks
import Foundation

/// Sockets that send their data at once and are forgotten before they are closed.
///
/// The server writes an answer's head and body separately, and the second write would wait some 40 ms for the first to
/// be acknowledged. The pool wakes whoever waits for a socket before it removes the socket from its list. If that task
/// closes the socket meanwhile, the pool mistakes the next connection with the same number for one it already watches,
/// and never hears from it.
struct PromptSockets: AsyncSocketPool {
  private let pool: any AsyncSocketPool = HTTPServer.defaultPool()

  func prepare() async throws { try await pool.prepare() }
  func run() async throws { try await pool.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    try await pool.suspendSocket(socket, untilReadyFor: events)
    // The pool is an actor: this call is refused, but only after the pool is done with the socket.
    try? await pool.run()
  }
}
