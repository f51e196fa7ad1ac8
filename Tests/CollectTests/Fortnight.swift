import Domain
import Foundation
import Store
import TestSupport

@testable import Collect

/// The bundled sample of two weeks.
enum Fortnight {
  static let path = Repository.fortnight

  static let collectedAt = Instant("2026-11-02T05:20:00Z")
}
