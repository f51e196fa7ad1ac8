import Domain
import TestSupport
import Testing

@testable import Accounting

/// What an instance's billed hours say about its start and end.
@Suite struct BilledSpans {
  private func at(_ text: String) -> Instant { Instant("2026-10-05T\(text)Z") ?? Instant(milliseconds: 0) }

  private func hour(_ hour: Int, seconds: Int64) -> BilledHour {
    let start = Instant(milliseconds: at("00:00:00").milliseconds + Int64(hour) * 3_600_000)
    return BilledHour(
      span: TimeSpan(start, Instant(milliseconds: start.milliseconds + 3_600_000)), usedMilliseconds: seconds * 1000,
      effective: ExactMoney(nanodollars: seconds * 1000), commitment: nil, planSaving: .zero, reservationSaving: .zero,
      negotiated: .zero)
  }

  private func span(
    _ start: String, _ end: String, _ hours: [BilledHour], trustsStart: Bool = false, trustsEnd: Bool = true,
    window: TimeSpan? = nil
  ) -> [String] {
    let estimate = TimeSpan(at(start), at(end))
    let billed = BilledSpan(
      estimate: estimate, billed: max(60_000, estimate.milliseconds), hours: hours,
      window: window ?? TimeSpan(at("00:00:00"), at("23:00:00")), trustsStart: trustsStart, trustsEnd: trustsEnd)
    return ["\(billed.span.start)", "\(billed.span.end)"].map { String($0.dropFirst(11)) }
      + [billed.startMoved ? "start moved" : "", billed.endMoved ? "end moved" : ""]
  }

  @Test func severalHoursGiveBothEnds() {
    #expect(
      span("09:14:24", "11:00:10", [hour(9, seconds: 2700), hour(10, seconds: 3600)])
        == ["09:15:00Z", "11:00:00Z", "start moved", "end moved"])
  }

  @Test func oneHourKeepsTheKnownEnd() {
    #expect(span("09:10:00", "09:30:00", [hour(9, seconds: 1190)]) == ["09:10:10Z", "09:30:00Z", "start moved", ""])
    #expect(
      span("09:10:00", "09:30:00", [hour(9, seconds: 1190)], trustsStart: true, trustsEnd: false)
        == ["09:10:00Z", "09:29:50Z", "", "end moved"])
  }

  @Test func lessThanASecondIsRounding() {
    #expect(span("09:10:00.400", "09:30:00", [hour(9, seconds: 1200)]) == ["09:10:00.400Z", "09:30:00Z", "", ""])
  }

  @Test("The one-minute minimum does not lengthen the life")
  func minimum() {
    #expect(span("09:10:00", "09:10:20", [hour(9, seconds: 60)]) == ["09:10:00Z", "09:10:20Z", "", ""])
  }

  @Test("The bill says nothing about time it does not cover")
  func edges() {
    let window = TimeSpan(at("09:00:00"), at("11:00:00"))
    #expect(
      span("08:14:24", "12:00:10", [hour(9, seconds: 3600), hour(10, seconds: 3600)], window: window)
        == ["08:14:24Z", "12:00:10Z", "", ""])
  }

  @Test("As much use as known, but in the hour before or after: the life reaches there")
  func elsewhere() {
    #expect(
      span("11:05:00", "11:15:00", [hour(10, seconds: 600)]) == ["10:50:00Z", "11:15:00Z", "start moved", ""])
    #expect(span("09:40:00", "09:50:00", [hour(10, seconds: 600)]) == ["09:40:00Z", "10:10:00Z", "", "end moved"])
  }

  @Test("A single hour that began before the billed time tells neither end")
  func overTheEdge() {
    #expect(
      span(
        "09:20:00", "09:50:00", [hour(9, seconds: 1500)], window: TimeSpan(at("09:30:00"), at("11:00:00")))
        == ["09:20:00Z", "09:50:00Z", "", ""])
  }

  @Test("Billed hours before the instance was first seen")
  func unseen() {
    #expect(
      span("11:05:00", "11:30:00", [hour(10, seconds: 600), hour(11, seconds: 1800)])
        == ["10:50:00Z", "11:30:00Z", "start moved", ""])
  }

  @Test("Charges cover the span without a gap and add up to the bill: 2,000 seeds")
  func conservation() {
    for seed in UInt64(1)...2000 {
      var random = SeededGenerator(seed: seed)
      let first = Int.random(in: 0...40, using: &random)
      let hours = (first...(first + Int.random(in: 0...30, using: &random))).compactMap { index in
        Int.random(in: 0..<8, using: &random) == 0
          ? nil : hour(index, seconds: Int64.random(in: 0...3600, using: &random))
      }
      guard !hours.isEmpty else { continue }
      let start = at("00:00:00").milliseconds + Int64(first) * 3_600_000
      let estimate = TimeSpan(
        Instant(milliseconds: start + Int64.random(in: 0...7_200_000, using: &random)),
        Instant(milliseconds: start + Int64.random(in: 7_200_000...90_000_000, using: &random)))
      let billed = BilledSpan(
        estimate: estimate, billed: estimate.milliseconds, hours: hours,
        window: TimeSpan(Instant(milliseconds: 0), Instant(milliseconds: .max / 2)), trustsStart: true, trustsEnd: true)
      let charges = BilledCharges.charges(hours, over: billed.span, onDemand: nil)
      #expect(charges.first?.span.start == billed.span.start, "seed \(seed)")
      #expect(zip(charges, charges.dropFirst()).allSatisfy { $0.span.end == $1.span.start }, "seed \(seed)")
      #expect(charges.last?.span.end == billed.span.end, "seed \(seed)")
      let cost = charges.reduce(Money.zero) { $0 + ($1.cost ?? .zero) }
      #expect(cost == hours.reduce(Money.zero) { $0 + $1.effective.rounded }, "seed \(seed)")
    }
  }
}
