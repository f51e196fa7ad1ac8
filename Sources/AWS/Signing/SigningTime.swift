import Base
import Foundation

/// A time as it appears in signatures: `20130524T000000Z`, UTC, whole seconds.
struct SigningTime: Equatable {
  let text: String

  /// `20130524`.
  var day: String { String(text.prefix(8)) }

  init(_ date: Date) {
    let time = ISO8601.text(Int64(date.timeIntervalSince1970.rounded(.down)) * 1000)
    text = String(String.UnicodeScalarView(time.unicodeScalars.filter { $0 != "-" && $0 != ":" }))
  }
}
