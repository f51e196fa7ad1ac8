import Domain

/// What a spec computes: `datum.cost_usd / 2 > 10 ? 'dear' : 'cheap'`, a part of Vega's expression language.
indirect enum Expression: Equatable, Sendable {
  case literal(Cell)
  /// `datum.name` or `datum['name']`.
  case field(String)
  /// A name that the caller defines: `width`, `height`.
  case name(String)
  case unary(String, Expression)
  case binary(String, Expression, Expression)
  case conditional(Expression, Expression, Expression)
  case call(Function, [Expression])
  /// `[a, b]`, for `inrange` and `indexof`.
  case list([Expression])

  /// Every field that the expression reads.
  var fields: Set<String> {
    switch self {
    case .literal, .name: []
    case .field(let name): [name]
    case .unary(_, let operand): operand.fields
    case .binary(_, let left, let right): left.fields.union(right.fields)
    case .conditional(let test, let first, let second): test.fields.union(first.fields).union(second.fields)
    case .call(_, let arguments), .list(let arguments): arguments.reduce(into: []) { $0.formUnion($1.fields) }
    }
  }

  enum Function: String, CaseIterable, Sendable {
    case abs, min, max, round, floor, ceil, log, exp, sqrt, pow, sin, cos, clamp, random
    case isNaN, isFinite, isValid, isNumber, isString, isDate
    case toNumber, toString, toBoolean
    case length, substring, slice, indexof, replace, upper, lower, trim, pad, truncate, split
    case inrange
    case format, timeFormat, utcFormat
    case `if`
    case now, datetime, utc, time, toDate
    case year, quarter, month, date, day, hours, minutes, seconds, milliseconds, dayofyear, week
    case utcyear, utcquarter, utcmonth, utcdate, utcday, utchours, utcminutes, utcseconds, utcmilliseconds

    /// Does not depend on the data alone: the same input must give the same picture.
    var isImpure: Bool { self == .random || self == .now }
  }
}
