/// A colour by meaning: one colour has one meaning on every page.
///
/// The raw values are the names that figures use (`"range": ["on-demand", "spot"]`) and that HTML has as custom
/// properties (`--on-demand`).
package enum Token: String, CaseIterable, Sendable {
  // Text and lines.
  /// Text, from the most important to the least.
  case ink
  case ink2 = "ink-2"
  case ink3 = "ink-3"
  /// Lines of tables and axes, grid lines, shaded ground, and the page.
  case rule, grid, wash, paper

  // Purchase options.
  case onDemand = "on-demand"
  case spot
  /// Spot's colour where it is text: darker, for contrast.
  case spotText = "spot-text"
  case fargate
  case fargateSpot = "fargate-spot"
  case savingsPlan = "savings-plan"
  case reserved

  // Work, and what was paid for but not used.
  case work
  /// Areas; their outline, and bars of one kind of unused cost.
  case unused
  case unusedOutline = "unused-outline"
  case unusedKind = "unused-kind"
  case boot, packing, gap, tail, idle
  case rangeBar = "range-bar"

  // Change.
  /// Worse, and better: cost that rises, and cost that falls.
  case negative, positive

  // A share, from none to all.
  case rampLow = "ramp-low"
  case rampMiddle = "ramp-middle"
  case rampHigh = "ramp-high"

  var light: UInt32 {
    switch self {
    case .ink: 0x16202E
    case .ink2: 0x465264
    case .ink3: 0x667285
    case .rule: 0xCDD4DC
    case .grid: 0xE6EAEF
    case .wash: 0xF4F6F8
    case .paper: 0xFFFFFF
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
    case .boot: 0xB8C1CC
    case .packing: 0x8491A2
    case .gap: 0x667285
    case .tail: 0x465264
    case .idle: 0x16202E
    case .rangeBar: 0xB9C3CF
    case .negative: 0xB5123E
    case .positive: 0x007A4D
    case .rampLow: 0xE6EBF0
    case .rampMiddle: 0x6F8398
    case .rampHigh: 0x14263D
    }
  }

  var dark: UInt32 {
    switch self {
    case .ink: 0xEEF2F6
    case .ink2: 0xB4BFCC
    case .ink3: 0x8A97A8
    case .rule: 0x334052
    case .grid: 0x212A36
    case .wash: 0x18212C
    case .paper: 0x10161F
    case .onDemand: 0x4DA6DE
    case .spot, .spotText: 0xE5A82E
    case .fargate: 0xA874BC
    case .fargateSpot: 0xD9C2EA
    case .savingsPlan: 0x8CCBF2
    case .reserved: 0xBFE0F6
    case .work: 0xA9BDD3
    case .unused: 0x222C39
    case .unusedOutline: 0x6B788A
    case .unusedKind, .packing: 0x7F8DA0
    case .boot: 0x4A5768
    case .gap: 0x8A97A8
    case .tail: 0xB4BFCC
    case .idle: 0xEEF2F6
    case .rangeBar: 0x47556A
    case .negative: 0xF0708F
    case .positive: 0x30BCA0
    case .rampLow: 0x14263D
    case .rampMiddle: 0x6F8398
    case .rampHigh: 0xE6EBF0
    }
  }
}
