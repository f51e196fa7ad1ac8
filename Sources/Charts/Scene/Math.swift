import Glibc

/// The functions of libm that charts use, without Foundation.
enum Math {
  static func pow(_ base: Double, _ exponent: Double) -> Double { Glibc.pow(base, exponent) }
  static func log(_ value: Double) -> Double { Glibc.log(value) }
  static func log10(_ value: Double) -> Double { Glibc.log10(value) }
  static func log1p(_ value: Double) -> Double { Glibc.log1p(value) }
  static func exp(_ value: Double) -> Double { Glibc.exp(value) }
  static func expm1(_ value: Double) -> Double { Glibc.expm1(value) }
  static func sin(_ value: Double) -> Double { Glibc.sin(value) }
  static func cos(_ value: Double) -> Double { Glibc.cos(value) }
  static func atan2(_ y: Double, _ x: Double) -> Double { Glibc.atan2(y, x) }
}
