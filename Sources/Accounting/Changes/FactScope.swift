import Domain
import Store

/// Which facts a build reads: all, or those of some instances and attempts, which temporary tables list.
///
/// A part is closed: it has everything that decides about its instances, and about the attempts that it computes. It
/// may have attempts of other jobs on other instances without everything that decides about them.
enum FactScope {
  case all
  /// - Parameter instances: the ids of the instances that the ledger is computed for.
  case part(instances: Set<String>)

  func contains(instance id: String) -> Bool {
    switch self {
    case .all: true
    case .part(let instances): instances.contains(id)
    }
  }

  var isPart: Bool { if case .part = self { true } else { false } }

  // MARK: SQL

  /// Attempts in the order of their ids, with a column `is_subject`.
  var attempts: (source: String, isSubject: String) {
    switch self {
    case .all: ("attempt NOT INDEXED", "1")
    case .part: ("scope_attempt CROSS JOIN attempt ON id = scope_id", "is_subject")
    }
  }

  /// The rows of a table of tasks; those of one task in the order of the primary key.
  func tasks(_ table: String) -> String {
    switch self {
    case .all: "\(table) NOT INDEXED"
    case .part:
      """
      (SELECT DISTINCT task_id AS wanted FROM scope_attempt CROSS JOIN attempt ON id = scope_id
        WHERE task_id IS NOT NULL) CROSS JOIN \(table) ON task_id = wanted
      """
    }
  }

  /// A condition on the column `instance_id`.
  var hasInstance: String { holds(instance: "instance_id") }

  /// A condition on a column with instance ids.
  func holds(instance column: String) -> String {
    switch self {
    case .all: "1"
    case .part: "\(column) IN (SELECT name FROM scope_instance)"
    }
  }

  /// A condition on rows of `container_instance r`.
  var hasRegistration: String {
    switch self {
    case .all: "1"
    case .part: "(r.\(hasInstance) OR r.id IN (SELECT id FROM scope_registration))"
    }
  }

  /// The reservations in a part.
  static let reservations =
    "SELECT name FROM scope_resource WHERE kind = '\(ResourceEntry.Kind.reservation.rawValue)'"

  /// Jobs, with their columns.
  var jobs: String {
    switch self {
    case .all: "job"
    case .part:
      "(SELECT DISTINCT \(AttemptID.job(of: "scope_id")) AS wanted FROM scope_attempt) CROSS JOIN job ON id = wanted"
    }
  }
}
