#if canImport(Glibc)
  import Glibc
#endif

/// The t that a Student variable exceeds in magnitude with probability `tails`, both tails together.
///
/// Hill's algorithm 396 (Communications of the ACM 13, 1970), accurate to three digits at two degrees of freedom and to
/// six from ten on; degrees need not be whole numbers.
func studentQuantile(tails p: Double, degrees n: Double) -> Double {
  let a = 1 / (n - 0.5)
  let b = 48 / (a * a)
  var c = ((20_700 * a / b - 98) * a - 16) * a + 96.36
  let d = ((94.5 / (b + c) - 3) / b + 1) * (a * Double.pi / 2).squareRoot() * n
  var y = pow(d * p, 2 / n)
  if y > 0.05 + a {
    let x = normalQuantile(p / 2)
    y = x * x
    if n < 5 { c += 0.3 * (n - 4.5) * (x + 0.6) }
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    y = a * y * y
    y = y > 0.002 ? exp(y) - 1 : 0.5 * y * y + y
  } else {
    y =
      ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * (n + 1) / (n + 2)
      + 1 / y
  }
  return (n * y).squareRoot()
}

/// The middle value; the mean of the two middle values if their number is even. 0 for no values.
func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
