/// What an answer takes run times on other families to be.
package struct RunTimes: Sendable, Equatable {
  /// A ratio of run times that history tells.
  package struct Learned: Sendable, Equatable {
    /// Families.
    package var from: String
    package var to: String
    /// Run time on `to` ÷ run time on `from`.
    package var ratio: FamilySpeed.Ratio
  }

  /// Each pair once, by name.
  package let learned: [Learned]
  /// Pairs of families of which nothing is known: jobs are assumed to run equally long.
  package let assumed: Int

  /// - Parameters:
  ///   - measured: types on which jobs ran.
  ///   - types: those on which they may run.
  init(_ speeds: FamilySpeed, from measured: Set<Int>, to types: Set<Int>) {
    let all = speeds.pairs(from: measured, to: types)
    let pairs = all.filter { $0.from < $0.to || !all.contains($0.reversed) }
    learned = pairs.compactMap { pair in
      speeds.ratios[pair].map {
        Learned(from: speeds.names[Int(pair.from)], to: speeds.names[Int(pair.to)], ratio: $0)
      }
    }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    assumed = pairs.count - learned.count
  }
}
