/// The paged lists of an input, each with the token at the end of its last page here, by which more pages follow; nil if
/// it ends here.
struct PagedLists: Sendable, Equatable {
  private(set) var tokens: [(list: String, token: String?)] = []

  static func == (a: PagedLists, b: PagedLists) -> Bool { a.tokens.elementsEqual(b.tokens, by: ==) }

  /// A page came, of a list of this name: its token, or none, takes the place of that of the page before.
  mutating func note(_ list: String, token: String?) {
    tokens.removeAll { $0.list == list }
    tokens.append((list, token))
  }
}

extension Page {
  /// Notes whether an answer is the last page of its list.
  mutating func notePage(of list: StaticString, _ answer: JSONValue) {
    let token = Self.tokens.first { answer[$0]?.text.map { !$0.isEmpty } == true }
    pagedLists.note(part.isEmpty ? "\(list)" : "\(part).\(list)", token: token.map { "\($0)" })
  }

  /// The accounts and regions that its rows name: `eu-west-1:111122223333`.
  var places: Set<String> {
    var places: Set<String> = []
    references.visit { kind, text, _ in if kind == .accountRegion { places.insert(text.string) } }
    return places
  }

  private static let tokens: [StaticString] = ["NextToken", "nextToken", "NextContinuationToken", "NextMarker"]
}
