/// The width or height of a plot.
enum Length: Equatable, Sendable {
  case points(Double)
  case container
  /// This much per step of a band scale; `offset` if the step is that of the inner bands.
  case step(Double?, isOuter: Bool)
}

private struct LengthOptions: Options {
  enum Target: String, CaseIterable { case position, offset }

  var step: Double?
  var target: Target?

  static let fields: [Field<Self>] = [
    Field("step", \.step, .number), Field("for", \.target, .word()),
  ]
}

extension Reader<Length> {
  static var length: Reader {
    Reader("a number or \"container\" or an object") { json, path throws(FigureError) in
      if let number = json.number { return .points(number) }
      if json.string == "container" { return .container }
      guard json.members != nil else { return nil }
      let options = try LengthOptions(json, path)
      return .step(options.step, isOuter: options.target == .position)
    }
  }
}

extension Length {
  var points: Double? { if case .points(let points) = self { points } else { nil } }
  var step: Double? { if case .step(let step, _) = self { step } else { nil } }
}

/// Points between plots.
struct Spacing: Equatable, Sendable {
  var row: Double?
  var column: Double?
}

private struct SpacingOptions: Options {
  var row: Double?
  var column: Double?
  static let fields: [Field<Self>] = [
    Field("row", \.row, .number), Field("column", \.column, .number),
  ]
}

extension Reader<Spacing> {
  static var spacing: Reader {
    Reader("a number or an object") { json, path throws(FigureError) in
      if let number = json.number { return Spacing(row: number, column: number) }
      guard json.members != nil else { return nil }
      let options = try SpacingOptions(json, path)
      return Spacing(row: options.row, column: options.column)
    }
  }
}

/// Which scales plots share.
struct Resolution: Equatable, Sendable {
  enum Sharing: String, CaseIterable { case shared, independent }

  var scale: [Channel: Sharing] = [:]
}

extension Reader<Resolution> {
  static var resolution: Reader {
    Reader("an object") { json, path throws(FigureError) in
      guard let members = json.members else { return nil }
      var resolution = Resolution()
      for member in members {
        let place = "\(path).\(member.name)"
        guard member.name == "scale" else {
          throw FigureError(
            place, unknown: member.name, among: ["scale"],
            elsewhere: [
              "axis": "axes follow their scales", "legend": "legends follow their scales",
            ])
        }
        guard let channels = member.value.members else {
          throw FigureError(place, "expected an object")
        }
        for channel in channels {
          let place = "\(place).\(channel.name)"
          guard let name = Channel(rawValue: channel.name) else {
            throw FigureError(place, unknown: channel.name, among: Channel.allCases.map(\.rawValue))
          }
          resolution.scale[name] = try Reader<Resolution.Sharing>.word().value(channel.value, place)
        }
      }
      return resolution
    }
  }
}

/// The background of a plot.
struct BackgroundOptions: Options {
  var fill: Nullable<Ink>?
  var stroke: Nullable<Ink>?
  var strokeWidth: Double?

  static let fields: [Field<Self>] = [
    Field("fill", \.fill, .orNull(.color)), Field("stroke", \.stroke, .orNull(.color)),
    Field("strokeWidth", \.strokeWidth, .number),
  ]
}
