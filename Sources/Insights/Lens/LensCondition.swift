/// One condition of a lens: a property that a job must have, such as `queue=gpu`, `tag:team=ml,bio` or `name~align*`.
package struct LensCondition: Equatable, Sendable {
  /// The property of a job to compare.
  package enum Subject: Equatable, Sendable {
    case queue, definition, name, job
    case account, region
    /// The currency in which the place is billed: USD, CNY.
    case currency
    /// The compute environment of the hosts on which it ran.
    case environment
    /// From its workflow client, if that is recognised.
    case run, workflow, step, client
    /// From the tag keys for users, and from clients.
    case user
    /// By the tag's key; array children have their parent's tags.
    case tag(String)
  }

  /// A text or, after `~`, a pattern: `*` stands for any text, `?` for one character.
  package struct Value: Equatable, Sendable {
    /// A part of a pattern.
    package enum Piece: Equatable, Sendable {
      case text(String)
      case anything, one
    }

    /// In order; empty for jobs that have none. A tag's value can be an empty text.
    package var pieces: [Piece]
    /// As written, for errors.
    package var source: String

    package init(pieces: [Piece], source: String) { (self.pieces, self.source) = (pieces, source) }
  }

  package var subject: Subject
  /// Written with `~`: values match as patterns, and each must match the whole text.
  package var isPattern: Bool
  /// One match is enough.
  package var values: [Value]
  /// As written.
  package var source: String
  /// Where it was written, for errors: `--where queue=gpu`.
  package var place: String

  /// - Parameter place: nil if it was written after `--where`.
  init(subject: Subject, isPattern: Bool, values: [Value], source: String, place: String? = nil) {
    (self.subject, self.isPattern, self.values, self.source) = (subject, isPattern, values, source)
    self.place = place ?? "--where \(source)"
  }
}

extension LensCondition.Subject {
  /// Names on the command line, without `tag:NAME`.
  static let words: KeyValuePairs<String, Self> = [
    "queue": .queue, "definition": .definition, "name": .name, "job": .job, "account": .account, "region": .region,
    "currency": .currency,
    "environment": .environment, "run": .run, "workflow": .workflow, "step": .step, "client": .client, "user": .user,
  ]

  /// Whether it distinguishes hosts, not only jobs: unused capacity there is included.
  var isPlace: Bool { isOfAccounts || self == .environment }
  /// Whether it is about whole accounts and regions.
  var isOfAccounts: Bool { self == .account || self == .region || self == .currency }

  /// The words for jobs in errors: `no job in queue "x"`.
  var preposition: String {
    switch self {
    case .queue: "in queue"
    case .definition: "of definition"
    case .name: "with a name like"
    case .job: "with id"
    case .account: "in account"
    case .region: "in region"
    case .currency: "billed in"
    case .environment: "on environment"
    case .run: "of run"
    case .workflow: "of workflow"
    case .step: "of step"
    case .client: "of client"
    case .user: "of user"
    case .tag(let name): "with tag \(name)"
    }
  }
}

extension LensCondition.Value {
  /// Nothing was written: jobs that have none.
  package var isEmpty: Bool { pieces.isEmpty }

  /// - Parameter text: compared as a whole, with case.
  package func matches(_ text: String) -> Bool { TextMatcher(self).matches(Array(text.utf8)) }
}
