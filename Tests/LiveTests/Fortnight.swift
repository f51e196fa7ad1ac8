import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// The bundled fortnight, read from its files.
enum Fortnight {
  static let collectedAt = Instant("2026-11-02T05:20:00Z") ?? Instant(milliseconds: 0)
  static let charged = Money(nanodollars: 18_365_478_654_586)

  static let folder = Repository.fortnight
  private static let read = Result {
    let database = try Database(path: ":memory:")
    let paths = ["batch", "ecs", "ec2", "pricing", "cloudtrail", "logs", "events"].map { "\(folder)/\($0)" }
    _ = try Collector().collect(paths: paths, asOf: collectedAt, database: database)
    #expect(try Ledger.build(database).cost == charged)
    return try Ledger.fingerprint(database)
  }

  /// Of its facts and its ledger.
  static func fingerprint() throws -> String { try read.get() }
}
