import Charts

extension ChartDrawing {
  /// The chart grammar of `Charts`.
  package static let vegaLite = ChartDrawing { chart, width, theme in
    Drawn(
      scene: Scene(
        width: width, height: 120,
        nodes: [.path(Path([.rectangle(x: 0, y: 0, width: width, height: 120)], fill: theme[.wash]))]),
      description: "")
  }
}
