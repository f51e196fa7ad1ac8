/// One condition of a lens: what a job must have, such as `queue=gpu`, `tag:team=ml,bio` or `name~align*`.
package struct LensCondition: Equatable, Sendable {
  /// What of a job is looked at.
  package enum Subject: Equatable, Sendable {
    case queue, definition, name, job
    case account, region
    /// In which the place is billed: USD, CNY.
    case currency
    /// Of the hosts on which it ran.
    case environment
    /// As its client tells, of jobs whose client is recognised.
    case run, workflow, step, client
    /// By the tag keys that name users, and what clients say.
    case user
    case tag(String)
  }

  /// A text, or with `~` a pattern: `*` stands for any text, `?` for one character.
  package struct Value: Equatable, Sendable {
    package enum Piece: Equatable, Sendable {
      case text(String)
      case anything, one
    }

    package var pieces: [Piece]
    /// As it was written, for errors.
    package var source: String

    package init(pieces: [Piece], source: String) { (self.pieces, self.source) = (pieces, source) }
  }

  package var subject: Subject
  package var isPattern: Bool
  /// One of them is enough. An empty text is a job that has none.
  package var values: [Value]
  /// As it was written.
  package var source: String
}

extension LensCondition.Subject {
  /// Words of the command line, without `tag:NAME`.
  static let words: KeyValuePairs<String, Self> = [
    "queue": .queue, "definition": .definition, "name": .name, "job": .job, "account": .account, "region": .region,
    "currency": .currency,
    "environment": .environment, "run": .run, "workflow": .workflow, "step": .step, "client": .client, "user": .user,
  ]

  /// Whether it tells hosts apart, and not only jobs: what nobody used there belongs to it.
  var isPlace: Bool { isOfAccounts || self == .environment }
  /// About an account and region as a whole.
  var isOfAccounts: Bool { self == .account || self == .region || self == .currency }

  /// How many jobs are called in errors: `no job in queue "x"`.
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
  /// No text at all: a job that has none.
  package var isEmpty: Bool { pieces.isEmpty }

  package func matches(_ text: String) -> Bool { TextMatcher(self).matches(Array(text.utf8)) }
}
