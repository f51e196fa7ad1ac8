import Domain
import Testing

@testable import Insights
