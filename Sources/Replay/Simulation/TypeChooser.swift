import Accounting
import Domain

/// Chooses the pool of a launch by the environment's allocation strategy.
struct TypeChooser: Sendable {
  struct Pool: Sendable, Equatable {
    var type: Int
    /// Position in the trace's zones; −1 if there is none.
    var zone: Int
  }

  /// Pools within this distance of the lowest rate of reclaims count as equally safe.
  private static let sameDepth = 0.02

  private let environment: Environment
  private let shapes: [InstanceShape]
  private let preference: TypePreference
  private let zones: [Int]
  private let start: Instant
  /// On-Demand list price per hour by type, at the beginning of the trace's prices; nil if there is none.
  private let listed: [Int: Int64]
  private let spot: [Int: [(zone: Int, history: PriceHistory)]]
  /// The cheapest type of the environment, which a minimum keeps.
  private(set) var smallest: Pool?
  /// By request: types that fit it, and the cumulative probability of each. Jobs are much alike.
  private var chances: [Need: Chances] = [:]

  private struct Chances: Sendable {
    var types: [Int]
    var upTo: [Double]
  }

  /// - Parameter time: the time whose prices the drawing of types uses.
  init(_ model: Model, environment index: Int, zones names: [String], at time: Instant) {
    let place = model.environments[index]
    environment = place
    shapes = model.shapes
    preference = model.preferences[index]
    start = time
    let positions = place.zones.compactMap { names.firstIndex(of: $0) }
    zones = positions.isEmpty ? [-1] : positions
    var listed: [Int: Int64] = [:]
    var spot: [Int: [(zone: Int, history: PriceHistory)]] = [:]
    for type in place.types {
      let terms = model.terms(place, type: type, zone: positions.first.map { names[$0] }, interrupted: false)
      listed[type] = terms.onDemand?.first?.rate.nanodollarsPerHour
      guard place.kind.isSpot else { continue }
      for zone in positions {
        let terms = model.terms(place, type: type, zone: names[zone], interrupted: false)
        if case .spot(let steps?, _) = terms.market { spot[type, default: []].append((zone, steps)) }
      }
    }
    self.listed = listed
    self.spot = spot
    smallest = place.types.compactMap { type in listed[type].map { (rate: $0, type: type) } }
      .min { ($0.rate, $0.type) < ($1.rate, $1.type) }
      .map { Pool(type: $0.type, zone: positions.first ?? -1) }
  }

  /// - Parameters:
  ///   - given: what the market gave the same try.
  ///   - draw: decides between types and between zones.
  /// - Returns: nil if no type holds the job.
  mutating func choose(_ need: Need, _ given: Trace.Try, at time: Int64, _ draw: (type: Double, zone: Double)) -> Pool?
  {
    switch environment.following {
    case .decisions, .market:
      if given.type >= 0, holds(Int(given.type), need) { return Pool(type: Int(given.type), zone: Int(given.zone)) }
    case .drawn, .strategy: break
    }
    if environment.following != .strategy {
      if preference.isDrawn, let type = drawn(need, share: draw.type) {
        return Pool(type: type, zone: zone(of: type, share: draw.zone))
      }
    }
    return byStrategy(need, at: time, share: draw.zone)
  }

  private mutating func drawn(_ need: Need, share: Double) -> Int? {
    if chances[need] == nil { chances[need] = chances(of: need) }
    guard let found = chances[need] else { return nil }
    return zip(found.types, found.upTo).first { share < $0.1 }?.0 ?? found.types.last
  }

  /// In proportion to past launches, among zones where the type has a price.
  private func zone(of type: Int, share: Double) -> Int {
    let drawn = preference.zone(share: share) ?? anyZone(share: share)
    guard environment.kind.isSpot, let pools = spot[type], !pools.contains(where: { $0.zone == drawn }) else {
      return drawn
    }
    return pools[min(Int(share * Double(pools.count)), pools.count - 1)].zone
  }

  private func rate(of type: Int) -> Double? {
    environment.kind.isSpot
      ? spot[type]?.compactMap { $0.history.rate(at: start).map { Double($0.nanodollarsPerHour) } }.min()
      : listed[type].map(Double.init)
  }

  /// A type without a price is not drawn if another has one: it would cost nothing.
  private func chances(of need: Need) -> Chances {
    let all = environment.types.filter { need.fits(shapes[$0].room) }
    let priced = all.filter { rate(of: $0) != nil }
    let types = priced.isEmpty ? all : priced
    let rates = types.map(rate)
    let offers = TypePreference.Offer.all(
      need, milliVCPUs: types.map { shapes[$0].nominal.milliVCPUs }, rates: rates)
    var sum = 0.0
    let upTo = preference.shares(need, types, offers).map { share in
      sum += share
      return sum
    }
    return Chances(types: types, upTo: upTo)
  }

  private func anyZone(share: Double) -> Int { zones[min(Int(share * Double(zones.count)), zones.count - 1)] }

  private func holds(_ type: Int, _ need: Need) -> Bool {
    need.fits(shapes[type].room) && environment.types.contains(type)
  }

  private func byStrategy(_ need: Need, at time: Int64, share: Double) -> Pool? {
    let all = environment.types.enumerated().compactMap { place, type in
      need.fits(shapes[type].room) ? candidate(type, place: place, at: time, share: share) : nil
    }
    // A type without a price is not chosen if another has one: it would cost nothing.
    let priced = all.filter { $0.rate < .max }
    let candidates = priced.isEmpty ? all : priced
    guard !candidates.isEmpty else { return nil }
    let depth = (candidates.map(\.reclaims).min() ?? 0) + Self.sameDepth
    let safe = candidates.filter { $0.reclaims <= depth }
    let best = best(of: candidates, safe: safe)
    return best.map { Pool(type: $0.type, zone: $0.zone) }
  }

  private func best(of candidates: [Candidate], safe: [Candidate]) -> Candidate? {
    // Managed instances have no strategy: the cheapest that fits the job (AWS Batch User Guide, "ECS Managed
    // Instances").
    if environment.kind.isManaged { return candidates.min { $0.isCheaper(than: $1) } }
    return switch environment.strategy {
    case .bestFit: candidates.min { $0.isCheaper(than: $1) }
    case .bestFitProgressive: candidates.min { $0.isCheaperByVCPU(than: $1) }
    case .bestFitProgressiveOrdered: candidates.min { $0.place < $1.place }
    case .spotCapacityOptimized:
      candidates.min { ($0.reclaims, $0.milliVCPUs, $0.place) < ($1.reclaims, $1.milliVCPUs, $1.place) }
    case .spotCapacityOptimizedPrioritized: safe.min { $0.place < $1.place }
    case .spotPriceCapacityOptimized: safe.min { $0.isCheaperByVCPU(than: $1) }
    }
  }

  private struct Candidate {
    var type: Int
    var zone: Int
    /// In the environment's list.
    var place: Int
    /// Nanodollars an hour; the largest number if it has no price.
    var rate: Int64
    var milliVCPUs: Int64
    var reclaims: Double

    func isCheaper(than other: Candidate) -> Bool { (rate, place) < (other.rate, other.place) }

    /// At equal prices the smaller instance: its unused part costs less.
    func isCheaperByVCPU(than other: Candidate) -> Bool {
      let own = Double(rate) / Double(milliVCPUs)
      let its = Double(other.rate) / Double(other.milliVCPUs)
      // Rates of sizes in one family differ by rounding.
      if abs(own - its) > its * 0.001 { return own < its }
      return (milliVCPUs, place) < (other.milliVCPUs, other.place)
    }
  }

  private func candidate(_ type: Int, place: Int, at time: Int64, share: Double) -> Candidate {
    var rate = listed[type] ?? .max
    var zone = anyZone(share: share)
    if environment.kind.isSpot {
      rate = .max
      for pool in spot[type] ?? [] {
        if let price = pool.history.rate(at: Instant(milliseconds: time))?.nanodollarsPerHour, price < rate {
          (rate, zone) = (price, pool.zone)
        }
      }
    }
    return Candidate(
      type: type, zone: zone, place: place, rate: rate, milliVCPUs: shapes[type].nominal.milliVCPUs,
      reclaims: environment.behaviour.reclaims.rate(of: type))
  }
}
