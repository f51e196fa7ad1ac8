/// A colour gradient.
struct ColorRamp: Equatable {
  var stops: [Color]
  /// Vega smooths its own schemes with a B-spline; a range of colours is interpolated linearly.
  var isSpline = false

  /// The colour at a fraction of the ramp, 0 to 1.
  func color(_ share: Double) -> Color {
    guard let first = stops.first else { return .black }
    if stops.count == 1 || !share.isFinite { return first }
    let share = max(0, min(1, share))
    let count = stops.count - 1
    let place = min(count - 1, Int(bounded: share * Double(count)))
    let part = share * Double(count) - Double(place)
    let (from, to) = (stops[place], stops[place + 1])
    if !isSpline {
      return Color(
        red: from.red + (to.red - from.red) * part, green: from.green + (to.green - from.green) * part,
        blue: from.blue + (to.blue - from.blue) * part, alpha: from.alpha + (to.alpha - from.alpha) * part)
    }
    let spline = { (channel: (Color) -> Double) -> Double in
      let (b, c) = (channel(from), channel(to))
      let a = place > 0 ? channel(stops[place - 1]) : 2 * b - c
      let d = place < count - 1 ? channel(stops[place + 2]) : 2 * c - b
      let (t, square, cube) = (part, part * part, part * part * part)
      let left = (1 - 3 * t + 3 * square - cube) * a + (4 - 6 * square + 3 * cube) * b
      return max(0, min(1, (left + (1 + 3 * t + 3 * square - 3 * cube) * c + cube * d) / 6))
    }
    return Color(red: spline(\.red), green: spline(\.green), blue: spline(\.blue))
  }
}
