#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Double {
  var logarithm2: Double { log2(self) }
  var logarithm: Double { log(self) }
  var exponential: Double { exp(self) }
}
