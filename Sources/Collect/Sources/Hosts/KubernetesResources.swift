import Domain

/// Amounts as Kubernetes writes them, for a container's request or a node's capacity: CPU as `2`, `"0.25"` or `"250m"`,
/// memory in bytes or with a suffix, devices by the name of their plugin.
///
/// Source: Kubernetes, "Resource units" and `apimachinery/pkg/api/resource`, 1.34.
struct KubernetesResources {
  var milliVCPUs, memoryMiB, gpus: Int64?

  /// - Parameter amount: returns an amount by the name of its resource.
  init(_ amount: (StaticString) -> JSONValue?, _ path: StaticString, _ page: inout Page) {
    milliVCPUs = amount("cpu").flatMap { page.thousandths($0, "\(path).cpu", in: Plausible.milliVCPUs) }
    memoryMiB = amount("memory").flatMap { page.mebibytes($0, "\(path).memory") }
    gpus = amount("nvidia.com/gpu").flatMap { page.quantity($0, "\(path).nvidia.com/gpu", in: Plausible.gpus) }
  }
}

extension Page {
  private static let memoryUnits: [(suffix: String, bytes: Int64)] = [
    ("Ki", 1 << 10), ("Mi", 1 << 20), ("Gi", 1 << 30), ("Ti", 1 << 40), ("k", 1000), ("M", 1_000_000),
    ("G", 1_000_000_000), ("T", 1_000_000_000_000),
  ]

  /// Whole MiB of an amount of memory; the rest is dropped.
  fileprivate mutating func mebibytes(_ value: JSONValue, _ path: @autoclosure () -> String) -> Int64? {
    if value.isNull { return nil }
    guard let text = value.text?.string ?? value.integer.map(String.init) else {
      findings.add(.wrongType, path(), "is not an amount of memory")
      return nil
    }
    let unit = Self.memoryUnits.first { text.hasSuffix($0.suffix) }
    // Thousandths of a byte have their own suffix.
    let isMilli = unit == nil && text.hasSuffix("m")
    let digits = text.dropLast(unit?.suffix.count ?? (isMilli ? 1 : 0))
    if let thousandths = parseDecimal(digits, places: 3) {
      let bytes = Int128(thousandths) * Int128(unit?.bytes ?? 1) / (isMilli ? 1_000_000 : 1000)
      if let amount = Int64(exactly: bytes >> 20), Plausible.memoryMiB.contains(amount) { return amount }
    }
    findings.add(.absurdValue, path(), "\(text) is not a plausible amount of memory")
    return nil
  }
}
