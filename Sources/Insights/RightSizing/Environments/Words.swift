import Base
import Domain

/// Numbers inside advice: whole percent, money without cents from ten on, binary gigabytes with one digit.
enum Words {
  static func percent(_ part: Int64, of whole: Int64) -> String {
    guard whole > 0 else { return "0%" }
    let share = dividedHalfToEven(Int128(part) * 100, by: Int128(whole))
    return share == 0 && part > 0 ? "<1%" : "\(share)%"
  }

  /// - Parameter region: where it was charged.
  static func money(_ nanodollars: Int64, in region: String) -> String {
    let symbol = Currency(ofRegion: region).symbol
    if nanodollars < 10_000_000_000 {
      return symbol + Digits.english.fixed(Int64(dividedHalfToEven(Int128(nanodollars), by: 10_000_000)), places: 2)
    }
    return symbol + grouped(Int64(dividedHalfToEven(Int128(nanodollars), by: 1_000_000_000)))
  }

  /// MiB a vCPU as GiB a vCPU.
  static func gib(_ mib: Int64) -> String {
    let tenths = Int64(dividedHalfToEven(Int128(mib) * 10, by: 1024))
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  static func count(_ count: Int64, _ one: String, _ many: String) -> String {
    count == 1 ? "1 \(one)" : "\(grouped(count)) \(many)"
  }

  /// `5,826`
  static func grouped(_ count: Int64) -> String { Digits.english.whole(count) }

  static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The dearest types of an environment, three at most.
  static func types(_ uses: [TypeUse]) -> String {
    let names = uses.sorted { $0.cost != $1.cost ? $0.cost > $1.cost : $0.type < $1.type }.map(\.type)
    return names.count > 3 ? names.prefix(3).joined(separator: ", ") + " and others" : list(names)
  }
}
