import Domain

/// A scale from names to bands of equal width; points are bands of zero width.
struct BandScale: Equatable {
  let domain: [Cell]
  let range: (start: Double, end: Double)
  let bandwidth: Double
  let step: Double
  private let starts: [Cell: Double]

  init(
    domain: [Cell], range: (start: Double, end: Double), paddingInner: Double, paddingOuter: Double,
    align: Double = 0.5, round: Bool = false
  ) {
    self.domain = domain
    self.range = range
    let count = Double(domain.count)
    let (low, high) = (min(range.start, range.end), max(range.start, range.end))
    let inner = min(1, paddingInner)
    var step = (high - low) / max(1, count - inner + paddingOuter * 2)
    if round { step = step.rounded(.down) }
    var first = low + (high - low - step * (count - inner)) * align
    if round { first = first.rounded() }
    self.step = step
    bandwidth = round ? (step * (1 - inner)).rounded() : step * (1 - inner)
    var starts: [Cell: Double] = [:]
    let reverse = range.end < range.start
    for (index, value) in domain.enumerated() {
      let place = reverse ? domain.count - 1 - index : index
      starts[value] = first + step * Double(place)
    }
    self.starts = starts
  }

  /// The start of a band.
  func position(_ value: Cell) -> Double? { starts[value] }

  /// The number of steps in the width of a band scale, by which a step in points is multiplied.
  static func space(count: Int, paddingInner: Double, paddingOuter: Double) -> Double {
    let space = Double(count) - min(1, paddingInner) + paddingOuter * 2
    return count == 0 ? 0 : max(1, space)
  }

  static func == (left: BandScale, right: BandScale) -> Bool {
    left.domain == right.domain && left.range == right.range && left.bandwidth == right.bandwidth
      && left.step == right.step
  }
}
