import Foundation
import Synchronization
import TestSupport

@testable import AWS

/// An environment cut off from this machine: no home folder, no metadata service.
func environment(_ url: String? = nil, keys: Bool = true, _ more: [String: String] = [:]) -> Environment {
  var values = ["HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "us-east-1"]
  values["AWS_ENDPOINT_URL"] = url
  if keys {
    values["AWS_ACCESS_KEY_ID"] = FakeKeyring.accessKeyID
    values["AWS_SECRET_ACCESS_KEY"] = FakeKeyring.secretAccessKey
  }
  return Environment(values.merging(more) { $1 })
}

func client(
  _ url: String, timing: Timing = .system, maximumInFlight: Int = 8, _ more: [String: String] = [:]
) throws -> AWSClient {
  try AWSSession(environment: environment(url, more), maximumInFlight: maximumInFlight, timing: timing).client()
}

/// A clock that advances when someone sleeps, and remembers each sleep.
final class FakeClock: Sendable {
  private let state: Mutex<(now: Date, sleeps: [Double], random: Double)>

  init(_ start: String = "2026-11-22T00:00:00Z", random: Double = 0.5) {
    state = Mutex((UTC.parseISO8601(start) ?? .distantPast, [], random))
  }

  var now: Date { state.withLock { $0.now } }
  var sleeps: [Double] { state.withLock { $0.sleeps } }

  func advance(_ seconds: Double) { state.withLock { $0.now += seconds } }

  var timing: Timing {
    Timing(
      now: { self.now },
      sleep: { seconds in
        try Task.checkCancellation()
        self.state.withLock {
          $0.sleeps.append(seconds)
          $0.now += seconds
        }
      },
      random: { self.state.withLock { $0.random } })
  }
}

/// Sleeps a twentieth of the time asked for.
let impatient = Timing(
  now: { Date() }, sleep: { try await Task.sleep(for: .seconds($0 / 20)) }, random: { 0.5 })

/// Answers from a closure and remembers the requests.
final class FakeTransport: HTTPTransport {
  private let requests = Mutex<[HTTPRequest]>([])
  private let body: @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse

  init(_ body: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse) { self.body = body }

  var log: [HTTPRequest] { requests.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    requests.withLock { $0.append(request) }
    return try body(request)
  }
}

extension Answer {
  var text: String { String(decoding: body, as: UTF8.self) }
}
