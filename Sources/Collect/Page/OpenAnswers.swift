/// Answers of which more pages follow, as a token at their end says, and whose next page has not come.
struct OpenAnswers: Sendable, Equatable {
  private var tokens: [(list: String, token: String)] = []

  static func == (a: OpenAnswers, b: OpenAnswers) -> Bool { a.tokens.elementsEqual(b.tokens, by: ==) }

  /// A page came, of a list of this name: its token, or none, takes the place of that of the page before.
  mutating func note(_ list: String, token: String?) {
    tokens.removeAll { $0.list == list }
    if let token { tokens.append((list, token)) }
  }

  /// One a list: its name, and what is wrong with it.
  var findings: [(place: String, message: String)] {
    tokens.map { list, token in
      (
        list,
        "ends with a \(token): the answer has more pages, which are not in this file. Collect all of them: the AWS CLI "
          + "saves them all without --max-items and --no-paginate"
      )
    }
  }
}

extension Page {
  /// Notes whether an answer is the last page of its list.
  mutating func notePage(of list: StaticString, _ answer: JSONValue) {
    let token = Self.tokens.first { answer[$0]?.text.map { !$0.isEmpty } == true }
    if token == nil, openAnswers == OpenAnswers() { return }
    openAnswers.note("\(list)", token: token.map { "\($0)" })
  }

  /// At the end of a file: pages that it lacks. Live, the next call fetches them.
  mutating func reportOpenAnswers() {
    findings.move(to: 0)
    for finding in openAnswers.findings { findings.add(.missingPages, finding.place, finding.message) }
    openAnswers = OpenAnswers()
  }

  private static let tokens: [StaticString] = ["NextToken", "nextToken", "NextContinuationToken", "NextMarker"]
}
