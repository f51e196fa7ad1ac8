/// Round numbers within an interval, chosen like d3-array's: steps of 1, 2 or 5 times a power of ten.
enum Ticks {
  /// The ticks of an interval, about `count` of them.
  static func values(_ start: Double, _ stop: Double, count: Double) -> [Double] {
    guard count > 0, start.isFinite, stop.isFinite else { return [] }
    if start == stop { return [start] }
    let reverse = stop < start
    guard let spec = spec(min(start, stop), max(start, stop), count), spec.last >= spec.first else { return [] }
    let size = Int(bounded: min(2000, spec.last - spec.first)) + 1
    let ticks = (0..<size).map { index in
      let step = spec.first + Double(index)
      return spec.increment < 0 ? step / -spec.increment : step * spec.increment
    }
    return reverse ? ticks.reversed() : ticks
  }

  /// The step between ticks; below 1 as the negative inverse, so that no precision is lost.
  static func increment(_ start: Double, _ stop: Double, count: Double) -> Double {
    spec(start, stop, count)?.increment ?? .nan
  }

  static func step(_ start: Double, _ stop: Double, count: Double) -> Double {
    let reverse = stop < start
    let increment = increment(min(start, stop), max(start, stop), count: count)
    let step = increment < 0 ? 1 / -increment : increment
    return reverse ? -step : step
  }

  /// The interval, widened to whole ticks.
  static func nice(_ start: Double, _ stop: Double, count: Double) -> (Double, Double) {
    var (low, high) = (min(start, stop), max(start, stop))
    var before = Double.nan
    for _ in 0..<10 {
      let step = increment(low, high, count: count)
      if step == before { break }
      if step > 0 {
        low = (low / step).rounded(.down) * step
        high = (high / step).rounded(.up) * step
      } else if step < 0 {
        low = (low * step).rounded(.up) / step
        high = (high * step).rounded(.down) / step
      } else {
        break
      }
      before = step
    }
    return start <= stop ? (low, high) : (high, low)
  }

  private struct Spec {
    var first: Double
    var last: Double
    var increment: Double
  }

  private static func spec(_ start: Double, _ stop: Double, _ count: Double) -> Spec? {
    let step = (stop - start) / max(0, count)
    guard step > 0, step.isFinite else { return nil }
    let power = Math.log10(step).rounded(.down)
    let error = step / Math.pow(10, power)
    let factor: Double =
      error >= 50.0.squareRoot() ? 10 : error >= 10.0.squareRoot() ? 5 : error >= 2.0.squareRoot() ? 2 : 1
    var found: Spec
    if power < 0 {
      let increment = Math.pow(10, -power) / factor
      found = Spec(
        first: (start * increment).jsRounded, last: (stop * increment).jsRounded, increment: -increment)
      if found.first / increment < start { found.first += 1 }
      if found.last / increment > stop { found.last -= 1 }
    } else {
      let increment = Math.pow(10, power) * factor
      found = Spec(
        first: (start / increment).jsRounded, last: (stop / increment).jsRounded, increment: increment)
      if found.first * increment < start { found.first += 1 }
      if found.last * increment > stop { found.last -= 1 }
    }
    if found.last < found.first, 0.5 <= count, count < 2 { return spec(start, stop, count * 2) }
    return found
  }
}

extension Int {
  /// Any number in a spec as an integer, limited to ±10¹².
  init(bounded value: Double) { self = value.isNaN ? 0 : Int(Swift.max(-1e12, Swift.min(1e12, value))) }
}

extension Double {
  /// Rounds halves up, like `Math.round`.
  var jsRounded: Double { (self + 0.5).rounded(.down) }
}
