import Base

/// The properties that a spec or a config may give to one kind of thing: an axis, a mark, a scale.
///
/// Each is nil if it was not given. A JSON object is decoded once, by `fields`, and nothing is ever ignored: an unknown
/// name, a wrong type and a property of Vega-Lite that is not supported are errors with their path.
protocol Options: Equatable, Sendable {
  init()
  static var fields: [Field<Self>] { get }
  /// Only in a config.
  static var configFields: [Field<Self>] { get }
  /// Names in Vega-Lite that are not supported, with what to do instead.
  static var elsewhere: [String: String] { get }
}

/// One property: its name in Vega-Lite, how it is read, and where its value goes.
struct Field<Owner>: Sendable {
  let name: String
  let read: @Sendable (inout Owner, JSON, _ path: String) throws(FigureError) -> Void
  /// Takes the other's value if it has one.
  let overlay: @Sendable (inout Owner, Owner) -> Void

  init<Value: Sendable>(
    _ name: String, _ place: any WritableKeyPath<Owner, Value?> & Sendable, _ reader: Reader<Value>
  ) {
    self.name = name
    read = { owner, json, path throws(FigureError) in
      owner[keyPath: place] = try reader.value(json, path)
    }
    overlay = { owner, other in
      if let value = other[keyPath: place] { owner[keyPath: place] = value }
    }
  }
}

extension Field {
  /// Options within options, merged property by property.
  init<Inner: Options>(
    _ name: String, nested place: any WritableKeyPath<Owner, Nullable<Inner>?> & Sendable
  ) {
    self.name = name
    let reader = Reader<Nullable<Inner>>.orNull(.options())
    read = { owner, json, path throws(FigureError) in
      owner[keyPath: place] = try reader.value(json, path)
    }
    overlay = { owner, other in
      guard let theirs = other[keyPath: place] else { return }
      if let mine = owner[keyPath: place]?.value, let inner = theirs.value {
        owner[keyPath: place] = .some(mine.overlaid(inner))
      } else {
        owner[keyPath: place] = theirs
      }
    }
  }

  /// A property that only matters to other tools: its type is checked, then it is ignored.
  init<Value: Sendable>(unused name: String, _ reader: Reader<Value>) {
    self.name = name
    read = { _, json, path throws(FigureError) in _ = try reader.value(json, path) }
    overlay = { _, _ in }
  }
}

extension Options {
  static var configFields: [Field<Self>] { [] }
  static var elsewhere: [String: String] { [:] }

  init(_ json: JSON, _ path: String) throws(FigureError) {
    self = try Self(json, path, Self.fields, Self.elsewhere)
  }

  /// - Parameter fields: those that are allowed here.
  init(_ json: JSON, _ path: String, _ fields: [Field<Self>], _ elsewhere: [String: String])
    throws(FigureError)
  {
    self.init()
    guard let members = json.members else { throw FigureError(path, "expected an object") }
    for member in members {
      let place = path.isEmpty ? member.name : "\(path).\(member.name)"
      guard let field = fields.first(where: { $0.name == member.name }) else {
        throw FigureError(
          place, unknown: member.name, among: fields.map(\.name), elsewhere: elsewhere)
      }
      try field.read(&self, member.value, place)
    }
  }

  /// `other` overrides this, property by property.
  func overlaid(_ other: Self?) -> Self {
    guard let other else { return self }
    var copy = self
    for field in Self.fields + Self.configFields { field.overlay(&copy, other) }
    return copy
  }
}

/// A value that a spec may set to null, which differs from leaving it out.
enum Nullable<Wrapped: Equatable & Sendable>: Equatable, Sendable {
  case null
  case some(Wrapped)

  var value: Wrapped? { if case .some(let value) = self { value } else { nil } }
}

/// A value that may depend on its label or row.
struct Conditional<Wrapped: Equatable & Sendable>: Equatable, Sendable {
  struct Clause: Equatable, Sendable {
    var test: Expression
    var value: Wrapped
  }

  var clauses: [Clause] = []
  /// The value if no clause applies.
  var otherwise: Wrapped?
}

extension FigureError {
  /// An unknown name.
  init(
    _ path: String, unknown name: String, among known: [String], elsewhere: [String: String] = [:]
  ) {
    if let instead = elsewhere[name] {
      self.init(path, "not supported (\(instead))")
    } else {
      let known = known.sorted()
      let hint = Spelling.hint(name, among: known)
      let list = known.count <= 14 ? "; there are \(known.joined(separator: ", "))" : ""
      self.init(path, "no such property\(hint.isEmpty ? list : hint)")
    }
  }
}
