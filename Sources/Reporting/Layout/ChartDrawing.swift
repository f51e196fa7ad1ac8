import Charts

/// Draws a Vega-Lite figure: the grammar of `Charts`, or a replacement for tests.
package struct ChartDrawing: Sendable {
  /// A figure in the requested width, with a text description for screen readers.
  package struct Drawn: Equatable, Sendable {
    /// As wide as requested.
    package var scene: Scene
    /// What is drawn and its main numbers, in words.
    package var description: String
    /// Notes on how it was drawn, for example that points were thinned out.
    package var notes: [String] = []

    package init(scene: Scene, description: String, notes: [String] = []) {
      self.scene = scene
      self.description = description
      self.notes = notes
    }
  }

  /// - Throws: `FigureError` if the specification is wrong.
  package var draw: @Sendable (Chart, _ width: Double, Theme) throws -> Drawn

  package init(draw: @escaping @Sendable (Chart, Double, Theme) throws -> Drawn) { self.draw = draw }
}
