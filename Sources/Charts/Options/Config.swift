/// The appearance of a figure: everything that its spec leaves open, in the colours of a theme.
package struct Config: Equatable, Sendable {
  var options: ConfigOptions
  var theme: Theme
  /// The smallest size of text that is drawn.
  var smallestText: Double

  /// The look of our reports.
  package static func house(_ theme: Theme) -> Config {
    Config(options: houseOptions, theme: theme, smallestText: 9)
  }

  /// Vega-Lite's own look, which a spec has in any other tool.
  package static let vega = Config(options: vegaOptions, theme: .light, smallestText: 0)

  func overlaid(_ other: ConfigOptions?) -> Config {
    var copy = self
    copy.options = options.overlaid(other)
    return copy
  }

  /// Whether this is the look of our reports, which has rules of its own in addition to its defaults.
  var isHouse: Bool { smallestText > 0 }

  func color(_ ink: Ink?) -> Color? { ink?.color(theme) }

  func color(_ ink: Nullable<Ink>?) -> Color? { ink?.value?.color(theme) }

  /// The block of all axes.
  var axis: AxisOptions { options.axes["axis"] ?? AxisOptions() }

  /// The requested font family; nil is the page's own.
  var family: String? { options.font?.value.flatMap { $0 == "sans-serif" ? nil : $0 } }
}

extension Ink {
  static let black = Ink.color(.black)
  static func grey(_ shade: UInt32) -> Ink { .color(Color(hex: shade << 16 | shade << 8 | shade)) }
}

extension Conditional {
  init(_ value: Wrapped) { self.init(otherwise: value) }
}

extension Config {
  static let vegaOptions: ConfigOptions = {
    let bold = Weight(number: 700)
    var options = ConfigOptions()
    options.background = .some(.color(.white))
    options.font = .some("sans-serif")
    options.padding = 5
    options.view = ViewConfig(
      continuousWidth: 300, continuousHeight: 300, step: 20, stroke: .some(.grey(0xDD)))
    options.mark = MarkOptions(color: .some(.color(Color(hex: 0x4C78A8))))
    options.marks = [
      .bar: MarkOptions(binSpacing: 1, continuousBandSize: 5),
      .rect: MarkOptions(binSpacing: 0, continuousBandSize: 5),
      .point: MarkOptions(opacity: 0.7, strokeWidth: 2, size: 30),
      .circle: MarkOptions(opacity: 0.7, size: 30),
      .square: MarkOptions(opacity: 0.7, size: 30),
      .line: MarkOptions(strokeWidth: 2),
      .tick: MarkOptions(opacity: 0.7, thickness: 1),
      .rule: MarkOptions(color: .some(.black), strokeWidth: 1),
      .text: MarkOptions(color: .some(.black), align: .center, baseline: "middle", fontSize: 11),
      .trail: MarkOptions(size: 2),
    ]
    options.axes = [
      "axis": AxisOptions(
        titleColor: .black, titleFontSize: 11, titleFontWeight: bold, titlePadding: 4, domain: true,
        domainColor: .grey(0x88), domainWidth: 1, gridColor: .grey(0xDD), gridWidth: 1,
        labels: true, labelAngle: 0,
        labelColor: Conditional(.black), labelFontSize: Conditional(10), labelLimit: 180,
        labelPadding: 2, ticks: true,
        tickColor: .grey(0x88), tickSize: 5, tickWidth: 1, translate: 0.5),
      "axisBand": AxisOptions(tickOffset: -0.5),
    ]
    options.legend = LegendOptions(
      titleColor: .black, titleFontSize: 11, titleFontWeight: bold, titleLimit: 180,
      titlePadding: 5, orient: .right,
      offset: 18, padding: 0, columnPadding: 10, rowPadding: 2, labelColor: Conditional(.black),
      labelFontSize: 10,
      labelLimit: 160, labelOffset: 4, symbolSize: 100, symbolType: "circle",
      symbolStrokeWidth: 1.5,
      gradientThickness: 16, gradientLabelOffset: 2)
    options.title = TitleOptions(
      anchor: .middle, offset: 4, fontSize: 13, fontWeight: bold, color: .some(.black),
      subtitleFontSize: 11,
      subtitleColor: .some(.black), subtitlePadding: 3)
    options.header = HeaderOptions(
      titleAnchor: "middle", titleColor: .black, titleFontSize: 11, titleFontWeight: bold,
      titlePadding: 10,
      labelAnchor: "middle", labelColor: .black, labelFontSize: 10, labelPadding: 10)
    options.scale = ScaleConfig(
      bandPaddingInner: 0.1, rectBandPaddingInner: 0, tickBandPaddingInner: 0.25, pointPadding: 0.5,
      minOpacity: 0.3,
      maxOpacity: 0.8, minSize: 4, minStrokeWidth: 1, maxStrokeWidth: 4, minFontSize: 8,
      maxFontSize: 40)
    options.ranges = [
      .category: .scheme("tableau10"), .ordinal: .scheme("blues"), .ramp: .scheme("blues"),
      .heatmap: .scheme("yellowgreenblue"), .diverging: .scheme("blueorange"),
    ]
    options.facetSpacing = 20
    options.concatSpacing = 20
    return options
  }()

  static let houseOptions: ConfigOptions = {
    let plain = Weight.plain
    let grey = Ink.token(.ink3)
    var options = ConfigOptions()
    options.background = .null
    options.padding = 0
    options.font = .null
    options.view = ViewConfig(continuousHeight: 160, stroke: .null)
    options.mark = MarkOptions(color: .some(.token(.work)))
    options.marks = [
      .point: MarkOptions(filled: true, opacity: 1, strokeWidth: 1.3, size: 40.7),
      .circle: MarkOptions(opacity: 1, size: 40.7),
      .square: MarkOptions(opacity: 1, size: 40.7),
      .line: MarkOptions(strokeWidth: 1.2, strokeJoin: .round),
      .tick: MarkOptions(opacity: 1, thickness: 1.2),
      .rule: MarkOptions(color: .some(grey), strokeWidth: 0.8),
      .text: MarkOptions(color: .some(.token(.ink2)), fontSize: 9),
    ]
    options.axes = [
      "axis": AxisOptions(
        title: .null, titleColor: grey, titleFontSize: 9, titleFontWeight: plain, titlePadding: 6,
        domain: false,
        domainColor: grey, domainWidth: 0.8, gridColor: .token(.grid), gridWidth: 0.6,
        labelColor: Conditional(grey),
        labelFontSize: Conditional(9), labelFontWeight: Conditional(plain), labelPadding: 6,
        labelSeparation: 6,
        ticks: false, tickColor: grey, tickSize: 3, tickWidth: 0.8, translate: 0, tickSpacing: 56),
      "axisBand": AxisOptions(tickOffset: 0),
      "axisX": AxisOptions(labelAngle: 0),
      "axisXDiscrete": AxisOptions(domain: true),
      "axisXTemporal": AxisOptions(domain: true, grid: false),
      "axisYDiscrete": AxisOptions(
        labelColor: Conditional(.token(.ink)), labelLimit: 150, labelPadding: 12, labelColumn: true),
      "axisXQuantitative": AxisOptions(labelFlush: .off),
    ]
    options.scale = ScaleConfig(bandPaddingInner: 0.25, bandPaddingInnerY: 0.45)
    options.legend = LegendOptions(
      title: .null, titleColor: grey, titleFontSize: 9, titleFontWeight: plain, offset: 16,
      rowPadding: 6,
      labelColor: Conditional(.token(.ink)), labelFontSize: 9,
      labelFontWeight: Conditional(Weight(number: 500)),
      labelOffset: 5, symbolSize: 81, symbolType: "square", symbolStrokeWidth: 0.8,
      gradientThickness: 9,
      gradientStops: 16)
    options.title = TitleOptions(
      anchor: .start, offset: 12, fontSize: 11.5, fontWeight: Weight(number: 600),
      color: .some(.token(.ink)),
      subtitleFontSize: 9, subtitleColor: .some(.token(.ink2)))
    options.header = HeaderOptions(
      title: .null, titleColor: grey, titleFontSize: 9, titleFontWeight: plain,
      labelAnchor: "start",
      labelColor: .token(.ink), labelFontSize: 9, labelFontWeight: Weight(number: 600),
      labelPadding: 6)
    options.ranges = [
      .category: .scheme("tokens"), .ordinal: .scheme("ramp"), .ramp: .scheme("ramp"),
      .heatmap: .scheme("ramp"),
    ]
    options.facetSpacing = 20
    options.concatSpacing = 24
    return vegaOptions.overlaid(options)
  }()
}
