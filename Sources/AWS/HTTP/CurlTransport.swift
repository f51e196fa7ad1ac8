import CCurl
import Foundation
import Synchronization

/// HTTP over libcurl: one thread owns the connections, callers wait without holding a thread.
///
/// Connections are kept and reused. Ending the last reference ends the thread.
package final class CurlTransport: HTTPTransport {
  private let inbox: CurlInbox

  /// - Throws: `TransportError` if libcurl cannot be initialised.
  package init(options: TransportOptions = TransportOptions()) throws(TransportError) {
    guard globalInit == CURLE_OK, let multi = curl_multi_init() else {
      throw TransportError(.unsendable, "libcurl could not be initialised")
    }
    let inbox = CurlInbox(multi: multi)
    let thread = Thread { CurlLoop(inbox: inbox, options: options).run() }
    thread.name = "aws-transport"
    thread.start()
    self.inbox = inbox
  }

  deinit { inbox.stop() }

  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let ticket = CurlTicket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        inbox.submit(CurlJob(request: request, ticket: ticket, continuation: continuation))
      }
    } onCancel: {
      ticket.cancelled.store(true, ordering: .releasing)
      inbox.wake()
    }
    return try result.get()
  }
}

/// libcurl requires this once per process, before any other call.
private let globalInit = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

/// What a caller and the loop share about one request.
final class CurlTicket: Sendable {
  let cancelled = Atomic(false)
}

struct CurlJob: Sendable {
  let request: HTTPRequest
  let ticket: CurlTicket
  let continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
}

/// Passes jobs from callers to the loop's thread.
final class CurlInbox: Sendable {
  /// Used by the loop's thread; `curl_multi_wakeup` is the only call that libcurl allows from other threads.
  private struct Pointer: @unchecked Sendable { let multi: UnsafeMutableRawPointer }

  private struct State {
    var jobs: [CurlJob] = []
    var isStopped = false
  }

  private let pointer: Pointer
  private let state = Mutex(State())

  init(multi: UnsafeMutableRawPointer) { pointer = Pointer(multi: multi) }

  var multi: UnsafeMutableRawPointer { pointer.multi }

  func submit(_ job: CurlJob) {
    state.withLock {
      $0.jobs.append(job)
      curl_multi_wakeup(pointer.multi)
    }
  }

  /// Under the lock: the loop frees the handle after it has seen `isStopped`, which it reads under the lock.
  func wake() {
    state.withLock { if !$0.isStopped { curl_multi_wakeup(pointer.multi) } }
  }

  func stop() {
    state.withLock {
      $0.isStopped = true
      curl_multi_wakeup(pointer.multi)
    }
  }

  func take() -> (jobs: [CurlJob], isStopped: Bool) {
    state.withLock { state in
      defer { state.jobs = [] }
      return (state.jobs, state.isStopped)
    }
  }
}
