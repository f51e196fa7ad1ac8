import Foundation

/// What the sources of credentials share.
struct CredentialsContext: Sendable {
  let environment: Environment
  let config: SharedConfig
  let transport: any HTTPTransport
  let timing: Timing
  /// Unsigned: for STS and IAM Identity Center, in the region that the session wants.
  let client: AWSClient

  /// Reads a small file; a leading `~` is the home directory.
  func contents(of path: String, namedBy place: String) throws(AWSError) -> String {
    let full = environment.expandingHome(path)
    guard let data = FileManager.default.contents(atPath: full), data.count < 1 << 20 else {
      throw AWSError(.credentials, "\(full) cannot be read", at: place)
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// One request to a metadata service on this machine: no proxy, short timeouts.
  func fetchLocally(
    _ request: HTTPRequest, seconds: Double, attempts: Int, pause: Double = 1
  ) async throws(TransportError) -> HTTPResponse {
    var request = request
    request.limits = .init(seconds: seconds, maximumBodyBytes: 1 << 20, bypassesProxy: true)
    var attempt = 1
    while true {
      do {
        let response = try await transport.send(request)
        if response.status < 500 || attempt >= attempts { return response }
      } catch {
        if attempt >= attempts || !error.isTransient { throw error }
      }
      attempt += 1
      do { try await timing.sleep(pause) } catch { throw TransportError(.cancelled, "cancelled") }
    }
  }
}
