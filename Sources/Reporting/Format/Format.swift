import Domain

/// How to write a value: the words after `format:` in a `table` block, and `{{usd(totals.cost_usd)}}` in prose.
package enum Format: String, CaseIterable, Sendable {
  /// `$8,067`; under ten dollars `$9.53`.
  case usd
  /// `$8,067.44`.
  case usdCents = "usd_cents"
  /// `8,067.44`, when the heading or the subtitle has the unit.
  case cents
  /// `$8,067`, from ten thousand on `$12.3k`, `$1.2M`.
  case usdCompact = "usd_compact"
  /// A share from 0 to 1 as `55%`; `<1%` for shares that would round to 0.
  case percent
  /// `99.0%`, `0.1%`.
  case percent1
  /// A difference of two shares: `2 pts`.
  case points
  /// A share in words if it is near a simple one: `half`, `two fifths`; otherwise `37%`.
  case fraction
  /// Seconds as `50 s`, `31 min`, `2.9 h`, `3.1 d`.
  case duration
  /// Seconds as `19.4 h`.
  case hours
  /// `28 Oct`.
  case date
  /// `October`.
  case month
  /// `28 Oct 2026`.
  case dateLong = "date_long"
  /// `Wed`.
  case weekday
  /// `Wed 28`.
  case weekdayDay = "weekday_day"
  /// `05:20`.
  case time
  /// `4 Nov 2026 05:20 UTC`.
  case instant
  /// `5,826`.
  case integer
  /// `3.8`.
  case decimal1
  /// `three`; from thirteen on `13`. `Words` begins with a capital.
  case words
  /// As it is.
  case text

  /// Amounts and counts have a sum; shares and dates do not.
  var adds: Bool {
    switch self {
    case .usd, .usdCents, .cents, .usdCompact, .integer, .duration, .hours: true
    default: false
    }
  }

  var isNumeric: Bool { self != .text && self != .words && self != .fraction }

  /// Whether it is for a time, or a number that represents one.
  var isMoment: Bool {
    switch self {
    case .date, .month, .dateLong, .weekday, .weekdayDay, .time, .instant: true
    default: false
    }
  }

  var isMoney: Bool {
    switch self {
    case .usd, .usdCents, .cents, .usdCompact: true
    default: false
    }
  }

  /// Money in whole cents, whose printed parts add up.
  var showsCents: Bool { self == .usdCents || self == .cents }
}

/// A format with or without the sign of a change: `signed usd` writes `+$171` and `−$22`.
package struct NumberFormat: Hashable, Sendable {
  package var format: Format
  /// Write a plus before what is above zero; a minus is always written.
  package var signed: Bool
  /// Decimals of `usd_cents` and `cents`: more than two if a table's amounts are too small for cents.
  package var places = 2

  package init(_ format: Format, signed: Bool = false) {
    self.format = format
    self.signed = signed
  }

  /// Reads `usd` or `signed usd`.
  init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard let last = words.last, let format = Format(rawValue: last) else { return nil }
    guard words.count == 1 || (words.count == 2 && words[0] == "signed") else { return nil }
    self.init(format, signed: words.count == 2)
  }

  static let names = Format.allCases.map(\.rawValue)
}
