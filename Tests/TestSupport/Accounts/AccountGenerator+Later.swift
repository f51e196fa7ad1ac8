/// What follows the jobs: a bill, and corrections from a second collection.
extension AccountGenerator {
  /// A bill for none, some or all of the days, there from the start or arriving later.
  mutating func makeBill() {
    let reach = pick(["none", "none", "none", "some", "all"])
    guard reach != "none", !lives.isEmpty else { return }
    let last = asOf / Self.hour * Self.hour
    let days = max(1, (last - first) / Self.day)
    let from = reach == "all" ? first : first + number(0...(days - 1)) * Self.day
    let to = reach == "all" ? last : min(last, from + number(1...days) * Self.day)
    let comesLater = chance(40)
    traits.append("a bill of \(reach) days\(comesLater ? ", later" : "")")
    var lines = lives.flatMap { life in life.stop > from && life.start < to ? self.lines(of: life, from, to) : [] }
    lines.insert(
      "INSERT INTO bill VALUES (1, '999900001111', '2026-09', 'cur-2.0', 1, \(lines.count), 0, 1, '\(kinds.isChina ? "CNY" : "USD")')",
      at: 0)
    for account in Set(places.map(\.account)).sorted() {
      lines.append("INSERT INTO bill_coverage VALUES (1, '\(account)', \(from), \(to))")
    }
    if comesLater { later += lines } else { sql += lines }
  }

  private mutating func lines(of life: Life, _ from: Int64, _ to: Int64) -> [String] {
    // One in five is covered by a plan; a few lack their last line, as bills do before they are closed.
    let isPlanned = !life.isSpot && chance(20)
    let lacksEnd = chance(5)
    let type = Self.types[life.type]
    let rate = Int64(type.rate) * (life.isSpot ? number(25...60) : isPlanned ? 70 : 100) / 100
    var lines: [String] = []
    var hour = life.start / Self.hour * Self.hour
    while hour < life.stop {
      defer { hour += Self.hour }
      let used = min(life.stop, hour + Self.hour) - max(life.start, hour)
      guard hour >= from, hour + Self.hour <= to, !lacksEnd || hour + Self.hour < life.stop else { continue }
      let cost = rate * used / Self.hour
      let listed = Int64(type.rate) * used / Self.hour
      lines.append(
        "INSERT INTO bill_line VALUES (1, '\(life.name)', \(hour), \(hour + Self.hour), "
          + "'\(life.isSpot ? "SpotUsage" : "BoxUsage"):\(type.name)', \(isPlanned ? 1 : 0), 0, "
          + "'\(places[life.place - 1].account)', \(used), \(isPlanned ? listed : cost), 0, \(cost), 0, \(listed), 0, NULL)"
      )
    }
    return lines
  }

  /// Different prices from a second collection, so that days already reported are restated.
  mutating func makeRestatement() {
    if chance(20) {
      traits.append("restated prices")
      later.append("UPDATE spot_price SET rate = rate * 11 / 10")
      if chance(50) { later.append("UPDATE list_price SET rate = rate * 9 / 10") }
    }
    if !later.isEmpty { later.append("UPDATE collection SET as_of_ms = as_of_ms + \(Self.hour)") }
  }
}
