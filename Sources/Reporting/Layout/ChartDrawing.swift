import Charts

/// Draws a Vega-Lite figure: the grammar of `Charts`, or a stand-in for tests.
package struct ChartDrawing: Sendable {
  /// A figure as wide as asked, with what it says to a reader who cannot see it.
  package struct Drawn: Equatable, Sendable {
    package var scene: Scene
    package var description: String
    /// What the reader must know of how it was drawn: that points were thinned.
    package var notes: [String] = []

    package init(scene: Scene, description: String, notes: [String] = []) {
      self.scene = scene
      self.description = description
      self.notes = notes
    }
  }

  package var draw: @Sendable (Chart, _ width: Double, Theme) throws -> Drawn

  package init(draw: @escaping @Sendable (Chart, Double, Theme) throws -> Drawn) { self.draw = draw }
}
