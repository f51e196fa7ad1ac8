import Domain

/// A resource of the ledger while its charges are computed: the row of the table `resource`.
struct ResourceEntry {
  enum Kind: String {
    case instance
    case fargateTask = "fargate-task"
    case trainingJob = "training-job"
    case volume
    case address
    /// The idle capacity of an On-Demand Capacity Reservation.
    case reservation = "capacity-reservation"

    /// Something that attempts run on, rather than a part of it.
    var holdsAttempts: Bool { self == .instance || self == .fargateTask || self == .trainingJob }

    /// A part of an instance: while it is there, the instance is.
    var isAttached: Bool { self == .volume || self == .address }
  }

  var kind: Kind
  /// The id of the instance, task, volume or reservation.
  var name: String
  /// Row of `account_region`.
  var accountRegion: Int64
  /// Row of `compute_environment`; nil if unknown.
  var computeEnvironment: Int64?
  var instanceType: String?
  var zone: String?
  /// What sets its price apart, for findings: an operating system, a tenancy.
  var variant: String?
  var option: PurchaseOption
  /// The time that is charged.
  var span: TimeSpan
  /// As in `resource.start_source`.
  var startSource: String
  /// As in `resource.stop_source`.
  var stopSource: String
  var isOpen: Bool
  var interrupted = false
  var isFree = false
  /// What attempts can have of it; nil if unknown.
  var capacity: Resources?
  var attempts = 0

  // Added up over its days.
  /// Billed milliseconds.
  var billed: Int64 = 0
  /// The part of them without a price.
  var unpriced: Int64 = 0
  /// Nil if none of it is priced.
  var cost: Money?
  var onDemand: Money?
}

/// What one resource cost on one UTC day. Times are in milliseconds.
struct ResourceDay: Equatable {
  var day: Day
  /// The commitment that covers it; nil: the resource's own purchase option.
  var option: PurchaseOption?
  var billed: Int64 = 0
  var unpriced: Int64 = 0
  var cost: Money?
  var onDemand: Money?
  var unused = Money.zero
  /// A digest of everything that rows and rollups hold of the resource on this day.
  var digest: Int64 = 0
}

/// Adds charges, cut at midnight, to the days of their resource.
struct DaySums {
  /// By day; a day under several commitments is there several times.
  private(set) var days: [ResourceDay] = []

  mutating func removeAll() { days.removeAll(keepingCapacity: true) }

  /// - Parameter days: in order.
  mutating func replace(with days: [ResourceDay]) { self.days = days }

  /// Whether a resource can have cost this much.
  var arePlausible: Bool {
    func isPlausible(_ amount: KeyPath<ResourceDay, Money?>) -> Bool {
      let sum = days.reduce(Int128(0)) { $0 + Int128($1[keyPath: amount]?.nanodollars ?? 0) }
      return sum <= Int128(Plausible.cost.upperBound)
    }
    return isPlausible(\.cost) && isPlausible(\.onDemand)
  }

  mutating func add(_ charge: Charge) {
    charge.forEachDay { piece in
      let day = piece.span.start.day
      let last = position(of: day, charge.option)
      days[last].billed += piece.billedMilliseconds
      if let cost = piece.cost {
        days[last].cost = (days[last].cost ?? .zero) + cost
      } else {
        days[last].unpriced += piece.billedMilliseconds
      }
      if let onDemand = piece.onDemand { days[last].onDemand = (days[last].onDemand ?? .zero) + onDemand }
    }
  }

  private mutating func position(of day: Day, _ option: PurchaseOption?) -> Int {
    var index = days.count - 1
    while index >= 0, days[index].day == day {
      if days[index].option == option { return index }
      index -= 1
    }
    days.append(ResourceDay(day: day, option: option))
    return days.count - 1
  }
}
