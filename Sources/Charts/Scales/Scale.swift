import Domain

/// A mapping from data to visual values.
enum Scale: Equatable {
  case continuous(ContinuousScale)
  case band(BandScale, isPoint: Bool)
  case ordinal(OrdinalScale)
  case sequential(SequentialScale)
  case steps(StepScale)
}

/// The output of a scale without positions.
enum ScaleOutput: Equatable {
  case color(Color)
  case number(Double)
  case text(String)
  case dash([Double])
}

/// Maps names to colours, shapes or dashes, which repeat if there are more names than outputs.
struct OrdinalScale: Equatable {
  var domain: [Cell]
  var range: [ScaleOutput]

  func output(_ value: Cell) -> ScaleOutput? {
    guard !range.isEmpty, let index = domain.firstIndex(of: value) else { return nil }
    return range[index % range.count]
  }
}

/// Maps numbers to a ramp of colours.
struct SequentialScale: Equatable {
  /// The position along the ramp, 0 to 1.
  var position: ContinuousScale
  var ramp: ColorRamp

  func color(_ value: Double) -> Color { ramp.color(position.position(value)) }
}

/// Maps numbers to a few outputs, by thresholds.
struct StepScale: Equatable {
  var thresholds: [Double]
  var range: [ScaleOutput]
  /// The ends of the domain, if it has any.
  var extent: [Double]

  func output(_ value: Double) -> ScaleOutput? {
    let index = thresholds.firstIndex { value < $0 } ?? thresholds.count
    return range.isEmpty ? nil : range[min(index, range.count - 1)]
  }
}

extension Scale {
  /// The position of a value; `share` is how far into a band, or into the interval that ends at `end`.
  func position(_ value: Cell, end: Cell? = nil, share: Double = 0.5) -> Double? {
    switch self {
    case .band(let band, _):
      return band.position(value).map { $0 + band.bandwidth * share }
    case .continuous(let scale):
      guard let number = value.quantity, number.isFinite else { return nil }
      if scale.isLog, number <= 0 { return nil }
      let start = scale.position(number)
      guard let end = end?.quantity, share > 0 else { return start }
      return start + (scale.position(end) - start) * share
    default: return nil
    }
  }

  var continuous: ContinuousScale? { if case .continuous(let scale) = self { scale } else { nil } }
  var band: BandScale? { if case .band(let band, _) = self { band } else { nil } }
  var isDiscretePosition: Bool { if case .band = self { true } else { false } }

  func output(_ value: Cell) -> ScaleOutput? {
    switch self {
    case .ordinal(let scale): scale.output(value)
    case .sequential(let scale): value.quantity.map { .color(scale.color($0)) }
    case .steps(let scale): value.quantity.flatMap(scale.output)
    case .continuous(let scale): value.quantity.map { .number(scale.position($0)) }
    case .band: nil
    }
  }
}
