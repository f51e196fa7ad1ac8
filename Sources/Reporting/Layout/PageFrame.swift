/// Positions on a page, in points, the same for every report.
struct PageFrame {
  var page: PageSize

  let side = 48.0
  /// The baselines and rules of the page header and footer.
  let headBaseline = 44.5
  let headRule = 54.5
  let contentTop = 74.0
  var footRule: Double { page.height - 44 }
  var footBaseline: Double { page.height - 29 }
  /// Between the lines of a footer that has two.
  static let footLine = 10.0
  var contentBottom: Double { page.height - 50 }

  var width: Double { page.width - 2 * side }
  var height: Double { contentBottom - contentTop }

  /// Between two columns of a page.
  static let columnGap = 24.0
  /// Above a figure, a page heading's first block, a paragraph.
  static let figureGap = 22.0
  static let headingGap = 16.0
  static let paragraphGap = 8.0
}
