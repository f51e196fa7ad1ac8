import CCurl

/// The thread's side of the transport: starts what fits, moves bytes, returns answers. Used on one thread only.
final class CurlLoop {
  private let inbox: CurlInbox
  private let multi: UnsafeMutableRawPointer
  private let options: TransportOptions
  private var waiting: ArraySlice<CurlJob> = []
  private var active: [UnsafeMutableRawPointer: CurlExchange] = [:]
  /// Handles between requests; `curl_easy_reset` keeps their connections.
  private var idle: [UnsafeMutableRawPointer] = []

  init(inbox: CurlInbox, options: TransportOptions) {
    self.inbox = inbox
    multi = inbox.multi
    self.options = options
    let limit = options.maximumInFlight
    _ = bc_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, limit)
    // Without a bound of its own libcurl closes warm connections under parallel load.
    _ = bc_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(limit * 4, 16))
  }

  func run() {
    while true {
      let (jobs, isStopped) = inbox.take()
      waiting += jobs
      if isStopped { break }
      dropCancelled()
      while active.count < options.maximumInFlight, let job = waiting.popFirst() { start(job) }
      var running: Int32 = 0
      _ = curl_multi_perform(multi, &running)
      let finished = finishTransfers()
      if finished && !waiting.isEmpty { continue }
      _ = curl_multi_poll(multi, nil, 0, 10_000, nil)
    }
    close()
  }

  private func start(_ job: CurlJob) {
    guard let easy = idle.popLast() ?? curl_easy_init() else {
      job.continuation.resume(returning: .failure(TransportError(.unsendable, "libcurl gave no handle")))
      return
    }
    let exchange = CurlExchange(easy: easy, job: job)
    if let error = exchange.prepare(options) {
      finish(exchange, .failure(error))
      return
    }
    active[easy] = exchange
    if curl_multi_add_handle(multi, easy) != CURLM_OK {
      active[easy] = nil
      finish(exchange, .failure(TransportError(.unsendable, "libcurl did not accept the request")))
    }
  }

  private func finishTransfers() -> Bool {
    var finished = false
    var code = CURLE_OK
    while let easy = bc_curl_multi_next_done(multi, &code) {
      curl_multi_remove_handle(multi, easy)
      guard let exchange = active.removeValue(forKey: easy) else { continue }
      finish(exchange, exchange.result(code))
      finished = true
    }
    return finished
  }

  private func dropCancelled() {
    let cancelled = Result<HTTPResponse, TransportError>.failure(TransportError(.cancelled, "cancelled"))
    func isCancelled(_ job: CurlJob) -> Bool { job.ticket.cancelled.load(ordering: .acquiring) }
    for exchange in active.values where isCancelled(exchange.job) {
      curl_multi_remove_handle(multi, exchange.easy)
      active[exchange.easy] = nil
      finish(exchange, cancelled)
    }
    // Each job is asked once: a job that is cancelled between two checks would be dropped and never answered.
    let asked = waiting
    waiting = []
    for job in asked {
      if isCancelled(job) { job.continuation.resume(returning: cancelled) } else { waiting.append(job) }
    }
  }

  private func finish(_ exchange: CurlExchange, _ result: Result<HTTPResponse, TransportError>) {
    exchange.release()
    idle.append(exchange.easy)
    exchange.job.continuation.resume(returning: result)
  }

  private func close() {
    let stopped = TransportError(.cancelled, "the transport was closed")
    for exchange in active.values {
      curl_multi_remove_handle(multi, exchange.easy)
      finish(exchange, .failure(stopped))
    }
    for job in waiting { job.continuation.resume(returning: .failure(stopped)) }
    for easy in idle { curl_easy_cleanup(easy) }
    curl_multi_cleanup(multi)
  }
}
