/// The exact confidence interval of the mean of a Poisson count (Garwood 1936).
///
///     low  = the mean at which `count` or more is as rare as α/2    = Γ quantile(α/2; count)
///     high = the mean at which `count` or fewer is as rare as α/2   = Γ quantile(1 − α/2; count + 1)
///
/// It covers the true mean with probability 1 − α or more. For several rows compared at once, use α = 0.05 ÷ rows
/// (Bonferroni): then all intervals hold at once with 95 % or more, even if the rows depend on each other, as zones and
/// types do, because each reclaim counts in one of each.
struct PoissonInterval: Equatable {
  var low: Double
  var high: Double

  init(count: Int, comparisons: Int = 1) {
    let tail = 0.05 / Double(comparisons) / 2
    low = count == 0 ? 0 : gammaQuantile(Double(count), tail)
    high = gammaQuantile(Double(count + 1), 1 - tail)
  }
}
