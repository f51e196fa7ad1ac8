extension Color {
  package static let white = Color(hex: 0xFFFFFF)
  package static let black = Color(hex: 0x000000)
  /// Draws nothing.
  package static let clear = Color(red: 0, green: 0, blue: 0, alpha: 0)

  /// `Color(hex: 0x16202E)`.
  package init(hex: UInt32, alpha: Double = 1) {
    self.init(
      red: Double((hex >> 16) & 255) / 255, green: Double((hex >> 8) & 255) / 255, blue: Double(hex & 255) / 255,
      alpha: alpha)
  }

  /// The same colour, with its alpha multiplied by a fraction.
  package func opacity(_ share: Double) -> Color {
    var copy = self
    copy.alpha *= share
    return copy
  }

  /// `#16202E`, without the alpha.
  package var hexString: String {
    let digits = Array("0123456789ABCDEF")
    var text = "#"
    for channel in [red, green, blue] {
      let byte = Int((channel * 255).rounded())
      text.append(digits[max(0, min(255, byte)) >> 4])
      text.append(digits[max(0, min(255, byte)) & 15])
    }
    return text
  }

  /// Its position on the straight line from one colour to another, 0 to 1; nil if it is not on that line.
  package func part(from: Color, to: Color) -> Double? {
    let ways = [(red, from.red, to.red), (green, from.green, to.green), (blue, from.blue, to.blue)]
    guard let longest = ways.max(by: { abs($0.2 - $0.1) < abs($1.2 - $1.1) }), longest.1 != longest.2 else {
      return nil
    }
    let part = (longest.0 - longest.1) / (longest.2 - longest.1)
    guard part >= 0, part <= 1, ways.allSatisfy({ abs($0.1 + ($0.2 - $0.1) * part - $0.0) < 1e-6 }) else { return nil }
    return part
  }

  /// The luminance of WCAG 2.
  package var luminance: Double {
    0.2126 * Color.linear(red) + 0.7152 * Color.linear(green) + 0.0722 * Color.linear(blue)
  }

  /// The contrast ratio of WCAG 2, 1 to 21.
  package func contrast(with other: Color) -> Double {
    let (dark, light) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)
  }

  static func linear(_ channel: Double) -> Double {
    channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4)
  }
}
