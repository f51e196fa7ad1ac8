import Charts

/// A colour by what it means. One meaning each, on every page; the values are those of the look's table.
package enum Token: String, CaseIterable, Sendable {
  case ink
  case ink2 = "ink-2"
  case ink3 = "ink-3"
  case paper
  case rule
  case grid
  case wash
  case onDemand = "on-demand"
  case spot
  case spotText = "spot-text"
  case fargate
  case fargateSpot = "fargate-spot"
  case savingsPlan = "savings-plan"
  case reserved
  case work
  case unused
  case unusedOutline = "unused-outline"
  case unusedKind = "unused-kind"
  case range
  case negative
  case positive

  package var light: UInt32 {
    switch self {
    case .ink: 0x16202E
    case .ink2: 0x465264
    case .ink3: 0x667285
    case .paper: 0xFFFFFF
    case .rule: 0xCDD4DC
    case .grid: 0xE6EAEF
    case .wash: 0xF4F6F8
    case .onDemand: 0x0072B2
    case .spot: 0xC48200
    case .spotText: 0x8A5D00
    case .fargate: 0x5B2A86
    case .fargateSpot: 0xB57FC4
    case .savingsPlan: 0x56B4E9
    case .reserved: 0x8FC7EC
    case .work: 0x33475E
    case .unused: 0xE4E8ED
    case .unusedOutline: 0x8A96A6
    case .unusedKind: 0x8491A2
    case .range: 0xB9C3CF
    case .negative: 0xB5123E
    case .positive: 0x007A4D
    }
  }

  package var dark: UInt32 {
    switch self {
    case .ink: 0xEEF2F6
    case .ink2: 0xB4BFCC
    case .ink3: 0x8A97A8
    case .paper: 0x10161F
    case .rule: 0x334052
    case .grid: 0x212A36
    case .wash: 0x18212C
    case .onDemand: 0x4DA6DE
    case .spot, .spotText: 0xE5A82E
    case .fargate: 0xB08AD6
    case .fargateSpot: 0xD9C2EA
    case .savingsPlan: 0x8CCBF2
    case .reserved: 0xBFE0F6
    case .work: 0xA9BDD3
    case .unused: 0x222C39
    case .unusedOutline: 0x6B788A
    case .unusedKind: 0x7F8DA0
    case .range: 0x465468
    case .negative: 0xF0708F
    case .positive: 0x3DBE97
    }
  }

  package var color: Color { Color(hex: light) }

  /// What a hollow bar of this meaning is outlined with.
  var outline: Token { self == .unused ? .unusedOutline : self }

  /// What text of this meaning is written in: gold is too light for letters.
  var text: Token { self == .spot ? .spotText : self }
}

extension Color {
  init(hex: UInt32) {
    self.init(
      red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255, blue: Double(hex & 0xFF) / 255)
  }
}

/// `#16202E`
func hexText(_ hex: UInt32) -> String {
  let digits = String(hex, radix: 16, uppercase: true)
  return "#" + String(repeating: "0", count: 6 - digits.count) + digits
}
