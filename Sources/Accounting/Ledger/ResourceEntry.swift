import Domain

/// One resource of the ledger while its charges are made: the row of the table `resource`.
struct ResourceEntry {
  enum Kind: String {
    case instance
    case fargateTask = "fargate-task"
    case trainingJob = "training-job"
    case volume
    case address
    /// Of an On-Demand Capacity Reservation what stood idle.
    case reservation = "capacity-reservation"

    /// What attempts run on, and not a part of it.
    var holdsAttempts: Bool { self == .instance || self == .fargateTask || self == .trainingJob }
  }

  var kind: Kind
  var name: String
  var accountRegion: Int64
  var computeEnvironment: Int64?
  var instanceType: String?
  var zone: String?
  var option: PurchaseOption
  var span: TimeSpan
  var startSource: String
  var stopSource: String
  var isOpen: Bool
  var interrupted = false
  var isFree = false
  var capacity: Resources?
  var attempts = 0

  // Added up over its days.
  var billed: Int64 = 0
  var unpriced: Int64 = 0
  var cost: Money?
  var onDemand: Money?
}

/// What one resource cost on one day.
struct ResourceDay: Equatable {
  var day: Day
  /// The commitment that covers it; nil: how the resource itself was bought.
  var option: PurchaseOption?
  var billed: Int64 = 0
  var unpriced: Int64 = 0
  var cost: Money?
  var onDemand: Money?
  var unused = Money.zero
  /// Cost of attempts whose host went away and that were run again.
  var lost = Money.zero
  /// Of all that rows and rollups hold of the resource on this day.
  var digest: Int64 = 0
}

/// Adds a charge, cut at midnights, to the days of its resource.
struct DaySums {
  /// By day; a day under several commitments comes several times.
  private(set) var days: [ResourceDay] = []

  mutating func removeAll() { days.removeAll(keepingCapacity: true) }

  /// - Parameter days: in order.
  mutating func replace(with days: [ResourceDay]) { self.days = days }

  /// Whether a resource can have cost so much.
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
