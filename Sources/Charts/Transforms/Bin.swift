/// Puts numbers into the bins of a histogram, with round edges, as Vega does.
struct Bin: Equatable {
  var maxbins: Double = 10
  var step: Double?
  var minstep: Double = 0
  var base: Double = 10
  var nice = true
  var extent: (Double, Double)?

  struct Edges: Equatable {
    var start: Double
    var stop: Double
    var step: Double

    /// The start of a number's bin.
    func floor(_ value: Double) -> Double {
      if value < start { return -.infinity }
      if value > stop { return .infinity }
      let inside = max(start, min(value, stop - step))
      return start + step * (1e-14 + (inside - start) / step).rounded(.down)
    }

    var all: [Double] {
      let count = Int(bounded: max(0, min(10_000, ((stop - start) / step).rounded())))
      return (0...count).map { start + step * Double($0) }
    }
  }

  func edges(of values: [Double]) -> Edges {
    var (low, high) = extent ?? (values.min() ?? 0, values.max() ?? 1)
    let span = high - low > 0 ? high - low : abs(low) > 0 ? abs(low) : 1
    let step = step ?? chosenStep(span)
    if nice {
      let logarithm = Math.log(step)
      let precision = logarithm >= 0 ? 0 : Double(Int(bounded: -logarithm / Math.log(base)) + 1)
      let floor = (low / step + Math.pow(base, -precision - 1)).rounded(.down) * step
      low = low < floor ? floor - step : floor
      high = (high / step).rounded(.up) * step
    }
    return Edges(start: low, stop: high == low ? low + step : high, step: step)
  }

  private func chosenStep(_ span: Double) -> Double {
    let level = (Math.log(maxbins) / Math.log(base)).rounded(.up)
    var step = max(minstep, Math.pow(base, (Math.log(span) / Math.log(base)).jsRounded - level))
    while (span / step).rounded(.up) > maxbins { step *= base }
    for divisor in [5.0, 2.0] {
      let smaller = step / divisor
      if smaller >= minstep, span / smaller <= maxbins { step = smaller }
    }
    return step
  }

  static func == (left: Bin, right: Bin) -> Bool {
    left.maxbins == right.maxbins && left.step == right.step && left.minstep == right.minstep
      && left.base == right.base && left.nice == right.nice && left.extent?.0 == right.extent?.0
      && left.extent?.1 == right.extent?.1
  }
}
