import Charts

struct HTMLOutput {
  var charts: ChartDrawing

  func text(_ document: Document) throws -> String { "" }
}
