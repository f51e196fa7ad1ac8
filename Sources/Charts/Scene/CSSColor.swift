extension Color {
  /// A colour in a spec: a token ("on-demand"), `#rrggbb`, `rgb(…)`, or one of CSS's common names.
  init?(_ text: String, theme: Theme) {
    if let token = Token(rawValue: text) {
      self = theme[token]
    } else if text.hasPrefix("#") {
      self.init(hexDigits: text.dropFirst())
    } else if text == "transparent" || text == "none" {
      self = .clear
    } else if text.hasPrefix("rgb") {
      let body = text.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
      let parts = body.split { ", /".contains($0) }.compactMap { part -> Double? in
        part.hasSuffix("%") ? Double(part.dropLast()).map { $0 * 2.55 } : Double(part)
      }
      guard parts.count >= 3 else { return nil }
      self.init(
        red: parts[0] / 255, green: parts[1] / 255, blue: parts[2] / 255, alpha: parts.count > 3 ? parts[3] : 1)
    } else if let hex = Self.names[text.lowercased()] {
      self.init(hex: hex)
    } else {
      return nil
    }
  }

  private init?(hexDigits: Substring) {
    guard let value = UInt32(hexDigits, radix: 16) else { return nil }
    switch hexDigits.count {
    case 3: self.init(hex: (value >> 8 & 15) * 0x110000 | (value >> 4 & 15) * 0x1100 | (value & 15) * 0x11)
    case 6: self.init(hex: value)
    case 8: self.init(hex: value >> 8, alpha: Double(value & 255) / 255)
    default: return nil
    }
  }

  private static let names: [String: UInt32] = [
    "aqua": 0x00FFFF, "aquamarine": 0x7FFFD4, "beige": 0xF5F5DC, "black": 0x000000, "blue": 0x0000FF,
    "brown": 0xA52A2A, "chocolate": 0xD2691E, "coral": 0xFF7F50, "cornflowerblue": 0x6495ED, "crimson": 0xDC143C,
    "cyan": 0x00FFFF, "darkblue": 0x00008B, "darkgray": 0xA9A9A9, "darkgreen": 0x006400, "darkgrey": 0xA9A9A9,
    "darkorange": 0xFF8C00, "darkred": 0x8B0000, "dimgray": 0x696969, "dodgerblue": 0x1E90FF,
    "firebrick": 0xB22222, "forestgreen": 0x228B22, "fuchsia": 0xFF00FF, "gold": 0xFFD700, "goldenrod": 0xDAA520,
    "gray": 0x808080, "green": 0x008000, "grey": 0x808080, "indigo": 0x4B0082, "khaki": 0xF0E68C,
    "lavender": 0xE6E6FA, "lightblue": 0xADD8E6, "lightgray": 0xD3D3D3, "lightgreen": 0x90EE90,
    "lightgrey": 0xD3D3D3, "lime": 0x00FF00, "magenta": 0xFF00FF, "maroon": 0x800000, "midnightblue": 0x191970,
    "navy": 0x000080, "olive": 0x808000, "orange": 0xFFA500, "orangered": 0xFF4500, "orchid": 0xDA70D6,
    "pink": 0xFFC0CB, "plum": 0xDDA0DD, "purple": 0x800080, "red": 0xFF0000, "royalblue": 0x4169E1,
    "salmon": 0xFA8072, "seagreen": 0x2E8B57, "silver": 0xC0C0C0, "skyblue": 0x87CEEB, "slateblue": 0x6A5ACD,
    "slategray": 0x708090, "steelblue": 0x4682B4, "tan": 0xD2B48C, "teal": 0x008080, "tomato": 0xFF6347,
    "turquoise": 0x40E0D0, "violet": 0xEE82EE, "wheat": 0xF5DEB3, "white": 0xFFFFFF, "yellow": 0xFFFF00,
    "yellowgreen": 0x9ACD32,
  ]
}
