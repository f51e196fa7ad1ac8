/// Digits with group marks and a fixed number of decimals: `8,067.44`. The minus is U+2212.
struct Digits {
  var locale: ReportLocale

  /// `value` counts units of 10^-places: `fixed(806_744, places: 2)` is `8,067.44`.
  func fixed(_ value: Int64, places: Int) -> String {
    let magnitude = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - magnitude.count)) + magnitude
    let whole = grouped(padded.dropLast(places))
    let sign = value < 0 ? minus : ""
    return places == 0 ? sign + whole : sign + whole + locale.decimal + padded.suffix(places)
  }

  /// Rounds half away from zero. Numbers beyond what 64 bits count are written as infinity.
  func fixed(_ value: Double, places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard scaled.isFinite, abs(scaled) < 9e18 else { return value < 0 ? minus + "∞" : "∞" }
    return fixed(Int64(scaled), places: places)
  }

  private func grouped(_ digits: Substring) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += locale.group }
      text.append(digit)
    }
    return text
  }
}

let minus = "\u{2212}"
