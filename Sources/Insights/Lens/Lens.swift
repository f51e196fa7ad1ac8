import Store

/// A narrower view of the database: the jobs that meet all of its conditions.
///
/// A lens chooses jobs once. Then tables with the chosen jobs' facts, ledger and rollups take the place of the
/// database's own, see `LensTables`: queries and reports do not know about it.
///
/// If all conditions are about places (accounts, regions or compute environments), hosts are chosen with their unused
/// cost. Otherwise unused cost is left out: hosts are shared, and capacity that nobody reserved belongs to nobody.
package struct Lens: Sendable {
  package internal(set) var conditions: [LensCondition]
  /// Replaces names; nil: names stay.
  package var pseudonyms: Pseudonyms?

  /// - Parameter sources: conditions as written, one each.
  /// - Throws: `LensError` if a condition is written wrongly; whether any job meets it is known when the lens is
  ///   opened.
  package init(_ sources: [String]) throws(LensError) {
    var conditions: [LensCondition] = []
    for source in sources { conditions.append(try LensParser.condition(source)) }
    self.conditions = conditions
  }

  /// Without any condition.
  package static let everything = Lens(conditions: [])

  /// Jobs with a value; nil: the jobs that have none.
  init(_ subject: LensCondition.Subject, _ value: String?, source: String) {
    let written = LensCondition.Value(pieces: value.map { [.text($0)] } ?? [], source: value ?? "")
    conditions = [LensCondition(subject: subject, isPattern: false, values: [written], source: source)]
  }

  private init(conditions: [LensCondition]) { self.conditions = conditions }

  /// Jobs that meet the conditions of both, with the pseudonyms of this one.
  package func and(_ other: Lens) -> Lens {
    var both = Lens(conditions: conditions + other.conditions)
    both.pseudonyms = pseudonyms
    return both
  }

  /// Its conditions about accounts, regions and currencies, and the others: jobs of one account, region or currency
  /// never run on hosts of another.
  package var parts: (accounts: Lens, others: Lens) {
    func own(_ isOfAccounts: Bool) -> Lens {
      var part = Lens(conditions: conditions.filter { $0.subject.isOfAccounts == isOfAccounts })
      part.pseudonyms = pseudonyms
      return part
    }
    return (own(true), own(false))
  }

  /// Whether a condition is about where jobs ran.
  package var hasPlaces: Bool { conditions.contains(where: \.subject.isPlace) }

  /// Whether it chooses hosts with all their unused cost.
  package var isOfPlaces: Bool { conditions.allSatisfy(\.subject.isPlace) }

  /// The note beside every narrowed number.
  package var note: String {
    if isOfPlaces {
      return
        "Only \(words): all that ran there, unused cost too. Left out, because they are computed for everything together: \(Self.listed(leftOut.map(\.value)))."
    }
    return
      "Only \(words): the cost of their attempts, startup included. Hosts are shared, so these are left out: unused cost, "
      + "\(Self.listed(leftOut.map(\.value)))."
  }

  /// `a, b and c`
  static func listed(_ words: [String]) -> String {
    words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
  }

  /// `queue=gpu, tag:team=ml`; with pseudonyms if names are replaced.
  package var words: String {
    conditions.map { condition in
      guard let pseudonyms else {
        // `tag:team=` is for those who know the grammar.
        return condition.source.hasSuffix("=") ? "jobs without \(condition.source.dropLast())" : condition.source
      }
      let values = condition.values.map { value in
        condition.subject.kind.map { pseudonyms.name($0, value.source) } ?? value.source
      }
      return condition.subject.word(pseudonyms)
        + (condition.isPattern ? "~…" : "=\(values.joined(separator: ","))")
    }.joined(separator: ", ")
  }
}
