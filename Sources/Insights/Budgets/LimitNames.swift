import Store

extension Connection {
  /// - Throws: `LensError` for a limit on a queue or a tag that was never collected: most likely it is misspelt, and the
  ///   limit would hold whatever is spent.
  package func checkNames(of limits: [Limit]) throws {
    for limit in limits {
      if let error = try unknownName(in: limit) { throw error }
    }
  }

  /// What is wrong with the queue or tag of a limit; nil if some job has it, and for a limit on everything.
  func unknownName(in limit: Limit) throws -> LensError? {
    guard let condition = limit.scope.condition, let value = condition.values.first else { return nil }
    let domains = try LensDomain.all(condition, self)
    if domains.contains(where: { !$0.numbers(of: value).isEmpty }) { return nil }
    return LensDomain.error(condition, value, known: Set(domains.flatMap { $0.texts.values.joined() }))
  }
}

extension Limit.Scope {
  /// The jobs it covers; nil: all.
  fileprivate var condition: LensCondition? {
    switch self {
    case .everything: nil
    case .jobQueue(let queue): condition(.queue, queue)
    case .tag(let name, let value): condition(.tag(name), value)
    }
  }

  private func condition(_ subject: LensCondition.Subject, _ text: String) -> LensCondition {
    let value = LensCondition.Value(pieces: [.text(text)], source: text)
    return LensCondition(
      subject: subject, isPattern: false, values: [value], source: description, place: "budget of \(self)")
  }
}
