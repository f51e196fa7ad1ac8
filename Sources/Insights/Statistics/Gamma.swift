#if canImport(Glibc)
  import Glibc
#endif

/// The regularized lower incomplete gamma function P(a, x), the distribution function of a gamma variable of shape `a`.
///
/// Uses its series below a + 1 and its continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31, Lentz's
/// method); the relative error is about 1e-14.
/// - Complexity: O(√a) terms.
func regularizedGamma(_ a: Double, _ x: Double) -> Double {
  guard x > 0 else { return 0 }
  let scale = exp(a * log(x) - x - lgamma(a))
  if x < a + 1 {
    var term = 1 / a
    var sum = term
    var n = a
    while term > sum * 1e-16 {
      n += 1
      term *= x / n
      sum += term
    }
    return scale * sum
  }
  let tiny = 1e-300
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var fraction = d
  for i in 1...100_000 {
    let n = Double(i)
    let coefficient = -n * (n - a)
    b += 2
    d = coefficient * d + b
    if abs(d) < tiny { d = tiny }
    c = b + coefficient / c
    if abs(c) < tiny { c = tiny }
    d = 1 / d
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return 1 - scale * fraction
}

/// The x with P(a, x) = p.
/// Newton's method within a bracket, starting from Wilson and Hilferty's approximation.
/// Newton's method, kept inside a bracket, from Wilson and Hilferty's approximation.
func gammaQuantile(_ a: Double, _ p: Double) -> Double {
  let z = normalQuantile(p)
  let cube = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
  var x = max(a * cube * cube * cube, 1e-10)
  var (low, high) = (0.0, Double.infinity)
  for _ in 0..<100 {
    let error = regularizedGamma(a, x) - p
    if error > 0 { high = min(high, x) } else { low = max(low, x) }
    let density = exp((a - 1) * log(x) - x - lgamma(a))
    var next = x - error / density
    if !(next > low && next < high) { next = high.isFinite ? (low + high) / 2 : x * 2 }
    if abs(next - x) <= 1e-13 * x { return next }
    x = next
  }
  return x
}

/// The standard normal quantile, by Acklam's rational approximation; relative error below 1.2e-9.
func normalQuantile(_ p: Double) -> Double {
  let a = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
    -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  let b = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
    -1.328068155288572e+01, 1,
  ]
  let c = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
    4.374664141464968e+00, 2.938163982698783e+00,
  ]
  let d = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1]
  func polynomial(_ coefficients: [Double], _ x: Double) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
  if p < 0.02425 {
    let q = (-2 * log(p)).squareRoot()
    return polynomial(c, q) / polynomial(d, q)
  }
  if p > 1 - 0.02425 { return -normalQuantile(1 - p) }
  let q = p - 0.5
  return polynomial(a, q * q) * q / polynomial(b, q * q)
}
