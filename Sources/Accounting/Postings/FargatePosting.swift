import Domain

/// A Fargate task is one charge, borne by its one attempt: from pull to start as `startup`; the rest, including
/// rounding up and the minimum, as `attempt` (method page, §7.11).
package enum FargatePosting {
  /// In order of time; of a UTC day, startup first. `attempt` is 0 in all of them.
  ///
  /// - Parameter charge: from image pull to stop.
  package static func postings(_ charge: Charge, _ residence: Residence) -> [Posting] {
    var postings: [Posting] = []
    for piece in charge.cutAtMidnight() {
      let start = piece.span.start
      let started = min(max(residence.started, start), piece.span.end)
      let startup = started.milliseconds - start.milliseconds
      let running = piece.billedMilliseconds - startup
      let weights = [Int128(startup), Int128(max(0, running))]
      let costs = piece.cost?.divided(by: weights)
      let listed = piece.onDemand?.divided(by: weights)
      let times = [startup, piece.span.end.milliseconds - started.milliseconds]
      for (index, account) in [Account.startup, .attempt].enumerated() where times[index] > 0 || index == 1 {
        if index == 1, times[1] == 0, running <= 0 { continue }
        postings.append(
          Posting(
            day: start.day, account: account, attempt: 0, source: piece.source, milliseconds: times[index],
            resourceTime: residence.reserved.over(times[index]),
            unpricedMilliseconds: piece.cost == nil ? times[index] : 0, cost: costs?[index], onDemand: listed?[index],
            option: charge.option))
      }
    }
    return postings
  }
}
