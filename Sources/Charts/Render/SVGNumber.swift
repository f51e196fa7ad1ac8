/// Coordinates in SVG: two decimals, no trailing zeros, no minus zero.
enum SVGNumber {
  static func append(_ value: Double, to text: inout String) {
    guard value.isFinite, abs(value) < 1e12 else {
      text += "0"
      return
    }
    let hundredths = Int((value * 100).rounded())
    if hundredths < 0 { text += "-" }
    let (whole, part) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    text += String(whole)
    if part == 0 { return }
    text += part < 10 ? ".0" : "."
    text += String(part % 10 == 0 && part >= 10 ? part / 10 : part)
  }

  static func string(_ value: Double) -> String {
    var text = ""
    append(value, to: &text)
    return text
  }
}
