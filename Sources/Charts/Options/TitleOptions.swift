/// The properties of the title of a view.
struct TitleOptions: Options {
  var text: TitleText?
  var subtitle: TitleText?
  var anchor: Anchor?
  var offset: Double?
  var fontSize: Double?
  var fontWeight: Weight?
  var color: Nullable<Ink>?
  var subtitleFontSize: Double?
  var subtitleFontWeight: Weight?
  var subtitleColor: Nullable<Ink>?
  var subtitlePadding: Double?

  enum Anchor: String, CaseIterable { case start, middle, end }

  /// The text alone, or with a style.
  struct Given: Equatable, Sendable {
    var options: TitleOptions
  }

  static let fields: [Field<Self>] = [
    Field("text", \.text, .title), Field("subtitle", \.subtitle, .title),
    Field("anchor", \.anchor, .word()),
    Field("offset", \.offset, .number), Field("fontSize", \.fontSize, .number),
    Field("fontWeight", \.fontWeight, .weight), Field("color", \.color, .orNull(.color)),
    Field("subtitleFontSize", \.subtitleFontSize, .number),
    Field("subtitleFontWeight", \.subtitleFontWeight, .weight),
    Field("subtitleColor", \.subtitleColor, .orNull(.color)),
    Field("subtitlePadding", \.subtitlePadding, .number),
    Field(unused: "orient", .word(["top"]) { _ in true }),
  ]
}

extension Reader<TitleOptions.Given> {
  static var titleOptions: Reader {
    Reader("a text or a list of texts or an object") { json, path throws(FigureError) in
      if json.members != nil { return .init(options: try TitleOptions(json, path)) }
      return try Reader<TitleText>.title.read(json, path).map {
        .init(options: TitleOptions(text: $0))
      }
    }
  }
}
