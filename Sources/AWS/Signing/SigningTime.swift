import Foundation

/// A time as signatures carry it: `20130524T000000Z`, UTC, whole seconds.
struct SigningTime: Equatable {
  let text: String

  /// `20130524`.
  var day: String { String(text.prefix(8)) }

  init(_ date: Date) {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down))
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let inDay = seconds - days * 86_400
    let (year, month, day) = UTC.civil(days)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let padded = String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
    text = "\(padded)\(two(month))\(two(day))T\(two(inDay / 3600))\(two(inDay / 60 % 60))\(two(inDay % 60))Z"
  }
}
