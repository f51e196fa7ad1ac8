import Domain

/// Draws a Vega-Lite spec.
///
/// What is drawn is a subset of Vega-Lite v6: the marks bar, line, area, point, circle, square, rect, rule, tick, text
/// and trail; layers, concatenation and facets; the scales, guides and transforms of `Options`. All else is an error
/// with its path. Ticks, domains, bands and geometry are those of Vega-Lite to a pixel (`ReferenceTests`); times are UTC.
///
/// Our look adds rules of its own, none of which needs a property that Vega-Lite lacks:
/// - colours may be tokens (`"on-demand"`, `"ink-2"`): see `Token`; names on a left axis form a column;
/// - dates are said as `28 Oct`, `29`, …, `1 Nov`, and `$` only at the topmost number of an axis;
/// - a `stroke` on a text mark is a halo behind its letters;
/// - no text is under 9 points; labels that collide move, are thinned, or go (`LabelOverlap`, `TextCollision`);
/// - no more than some thousand marks are drawn (`Thinning`). What was left out is in the notes.
///
/// ```swift
/// let spec: JSON = ["data": ["name": "cost-by-day"], "mark": "bar"]
/// let figure = try Figure.draw(spec, data: ["cost-by-day": table], width: 499, theme: .light)
/// ```
package enum Figure {
  /// A drawn figure and the texts about it.
  package struct Drawing: Equatable, Sendable {
    /// As wide as requested; as high as the spec makes it.
    package var scene: Scene
    /// The spec's own title and subtitle, which are part of the scene only if `titles` was true.
    package var title: String
    /// Empty if the spec has none, like the title.
    package var subtitle: String
    /// What is drawn and its main numbers, in words: an SVG's `<desc>`, a PDF's alternative text.
    package var description: String
    /// What the reader needs to know about how it was drawn: "thinned from 200,000 to 4,000 points".
    package var notes: [String]
  }

  /// - Parameters:
  ///   - data: tables by the name a spec calls them: `"data": {"name": "cost-by-day"}`.
  ///   - width: points from edge to edge, axes and labels included, for a spec without a `width` of its own.
  ///   - titles: draws the spec's title and subtitle above the figure; false where the page sets them itself.
  ///   - heading: what the page says above the figure, for the description.
  /// - Throws: an error that names the property; nothing in a spec is ever ignored.
  package static func draw(
    _ spec: JSON, data: [String: DataTable], width: Double, theme: Theme = .light, titles: Bool = true,
    heading: String? = nil, measure: TextMeasure = TextMeasure()
  ) throws(FigureError) -> Drawing {
    let resolved = try resolve(
      spec, data: data, width: width, config: .house(theme), titles: titles, heading: heading, measure: measure)
    return resolved.drawing
  }

  /// A figure with the parts it was drawn from.
  struct Resolved {
    var drawing: Drawing
    var plots: [PlotDrawing]
    var legends: [Legend]
  }

  /// - Parameter width: nil uses Vega-Lite's own sizes.
  static func resolve(
    _ spec: JSON, data: [String: DataTable], width: Double?, config: Config, titles: Bool,
    heading: String? = nil, measure: TextMeasure
  ) throws(FigureError) -> Resolved {
    let root = try Reader<ViewOptions>.view.value(spec, "")
    var config = config.overlaid(root.config)
    if let padding = root.padding { config.options.padding = padding }
    var builder = ModelBuilder(data: data, config: config)
    let model = try builder.build(try ViewReader.read(root))
    var page = FigurePage(root: root, model: model, measure: measure, titles: titles)
    let composed: FigurePage.Laid
    if let width { composed = try page.fitted(to: width) } else { composed = try page.natural() }
    let title = root.title?.value?.options
    var notes = Set(composed.plots.flatMap(\.notes)).sorted()
    if composed.plots.contains(where: { $0.raisedText > 0 }) {
      notes.append("text smaller than \(Decimals.plain(config.smallestText)) points was raised to it")
    }
    notes += model.sources.values.compactMap(\.leftOut).sorted()
    let description = Description(model: model, plots: composed.plots, heading: heading).words(root.description)
    let drawing = Drawing(
      scene: composed.scene, title: title?.text?.words ?? "",
      subtitle: title?.subtitle?.words ?? "", description: description, notes: notes)
    return Resolved(drawing: drawing, plots: composed.plots, legends: composed.legends)
  }
}
