import Store

/// What everything is narrowed to: the jobs that fulfil all of its conditions.
///
/// A lens chooses jobs once. Facts, ledger and rollups of the database are then stood in for by those of the chosen jobs,
/// see `LensTables`: no query and no report knows of it.
///
/// Where all conditions are about places, accounts, regions or compute environments, hosts are chosen with their unused cost.
/// Else unused cost is left out: hosts are shared, and what nobody reserved is nobody's.
package struct Lens: Sendable {
  package let conditions: [LensCondition]
  /// What names are shown as; nil: as they are.
  package var pseudonyms: Pseudonyms?

  /// - Parameter sources: what was written, a condition each.
  package init(_ sources: [String]) throws(LensError) {
    var conditions: [LensCondition] = []
    for source in sources { conditions.append(try LensParser.condition(source)) }
    self.conditions = conditions
  }

  /// Narrowed to nothing.
  package static let everything = Lens(conditions: [])

  /// Jobs that have a value; with an empty one those that have none.
  init(_ subject: LensCondition.Subject, _ value: String, source: String) {
    let written = LensCondition.Value(pieces: value.isEmpty ? [] : [.text(value)], source: value)
    conditions = [LensCondition(subject: subject, isPattern: false, values: [written], source: source)]
  }

  private init(conditions: [LensCondition]) { self.conditions = conditions }

  package func and(_ other: Lens) -> Lens {
    var both = Lens(conditions: conditions + other.conditions)
    both.pseudonyms = pseudonyms
    return both
  }

  /// Its conditions about accounts, regions and currencies, and the others: no job of one account, region or currency ever runs on
  /// hosts of another.
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

  /// Whether it chooses hosts with all that stands unused on them.
  package var isOfPlaces: Bool { conditions.allSatisfy(\.subject.isPlace) }

  /// What is told beside every narrowed number.
  package var note: String {
    if isOfPlaces {
      return
        "Only \(words): all that ran there, unused cost too. Left out, as they are kept for everything together: \(leftOutWords)."
    }
    return "Only \(words): what its attempts cost, startup included. Hosts are shared; left out are unused cost, "
      + "\(leftOutWords)."
  }

  private var leftOutWords: String {
    let words = leftOut.map(\.value)
    return words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }

  /// `queue=gpu, tag:team=ml`; with pseudonyms where names are replaced.
  package var words: String {
    conditions.map { condition in
      guard let pseudonyms else { return condition.source }
      let values = condition.values.map { value in
        condition.subject.kind.map { pseudonyms.name($0, value.source) } ?? value.source
      }
      return condition.subject.word(pseudonyms)
        + (condition.isPattern ? "~…" : "=\(values.joined(separator: ","))")
    }.joined(separator: ", ")
  }
}
