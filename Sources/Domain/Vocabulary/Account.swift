/// The accounts that a charge is posted to. Raw values are those of the table `ledger_account`.
package enum Account: Int, CaseIterable, Sendable {
  /// The share that an attempt reserved while it ran.
  case attempt = 0
  /// The same share from the start of image pull to the attempt's start.
  case startup = 1
  /// From launch to the first placement.
  case boot = 2
  /// Free capacity while at least one attempt runs.
  case packing = 3
  /// The whole instance between attempts.
  case gap = 4
  /// The whole instance from its last attempt to its end, and the billing minimum's extension.
  case tail = 5
  /// The whole life of an instance on which nothing ever ran.
  case idle = 6
  /// Capacity that was reserved and paid for, but in which no instance ran.
  case reserved = 7

  /// Whether it bears capacity that no attempt reserved; see `unused`.
  package var isUnused: Bool { rawValue >= Account.boot.rawValue }

  /// All unused accounts, in order.
  package static let unused: [Account] = [.boot, .packing, .gap, .tail, .idle, .reserved]

  /// As in output and in the table `ledger_account`.
  package var name: String {
    switch self {
    case .attempt: "attempt"
    case .startup: "startup"
    case .boot: "unused.boot"
    case .packing: "unused.packing"
    case .gap: "unused.gap"
    case .tail: "unused.tail"
    case .idle: "unused.idle"
    case .reserved: "unused.reserved"
    }
  }
}
