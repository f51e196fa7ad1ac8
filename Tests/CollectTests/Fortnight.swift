import Domain
import Foundation
import Store

@testable import Collect

/// The bundled sample of two weeks.
enum Fortnight {
  static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/batchcost/Resources/fortnight").path

  static let collectedAt = Instant("2026-11-02T05:20:00Z")
}
