import Domain
import Store

/// The columns of `gpu_usage`.
enum GPUUsageColumn: Int32, TableColumns {
  case instanceId, gpu, atMs, duty, memoryMib, memoryTotalMib, progress, digest

  static let table = "gpu_usage"
}

extension Table.Layout {
  static let gpuUsage = Table.Layout(GPUUsageColumn.self, key: [.instanceId, .gpu, .atMs], .latest)
}

/// A source's reading of a GPU at one moment.
struct GPUSample {
  /// Hundredths of a percent.
  var duty: Int64
  var memoryMiB: Int64?
  var memoryTotalMiB: Int64?
}

/// GPU samples added up by minute, in any order.
struct GPUMinutes {
  private struct Key: Hashable {
    let instance: String
    let gpu: String
    let minute: Int64
  }

  private struct Sum {
    var samples: Int64 = 0
    var duty: Int64 = 0
    var memoryMiB: Int64?
    var memoryTotalMiB: Int64?
  }

  private var sums: [Key: Sum] = [:]

  var isEmpty: Bool { sums.isEmpty }

  mutating func add(_ sample: GPUSample, of gpu: String, on instance: String, at milliseconds: Int64) {
    let minute = milliseconds - milliseconds % 60_000
    func larger(_ a: Int64?, _ b: Int64?) -> Int64? { [a, b].compactMap(\.self).max() }
    var sum = sums[Key(instance: instance, gpu: gpu, minute: minute)] ?? Sum()
    sum.samples += 1
    sum.duty += sample.duty
    sum.memoryMiB = larger(sum.memoryMiB, sample.memoryMiB)
    sum.memoryTotalMiB = larger(sum.memoryTotalMiB, sample.memoryTotalMiB)
    sums[Key(instance: instance, gpu: gpu, minute: minute)] = sum
  }

  /// Writes a row per GPU and minute.
  func write(to page: inout Page) {
    for (key, sum) in sums.sorted(by: {
      ($0.key.instance, $0.key.gpu, $0.key.minute) < ($1.key.instance, $1.key.gpu, $1.key.minute)
    }) {
      page.count(.gpuMinutes)
      page.begin(.gpuUsage)
      page.put(GPUUsageColumn.instanceId, key.instance)
      page.put(GPUUsageColumn.gpu, key.gpu)
      page.put(GPUUsageColumn.atMs, key.minute)
      page.put(GPUUsageColumn.duty, (sum.duty + sum.samples / 2) / sum.samples)
      page.put(GPUUsageColumn.memoryMib, sum.memoryMiB)
      page.put(GPUUsageColumn.memoryTotalMib, sum.memoryTotalMiB)
      page.end(GPUUsageColumn.progress, sum.samples)
    }
  }
}

extension GPUSample {
  /// A share of time in percent as text, `87`, `87.5` or `87 %`; nil for anything else.
  static func duty(percent text: some StringProtocol) -> Int64? {
    let number = text.hasSuffix("%") ? text.dropLast() : text[...]
    guard let duty = parseDecimal(String(number).spaceless, places: 2), (0...10_000).contains(duty) else { return nil }
    return duty
  }

  /// Memory in MiB as text, `12345`, `12345 MiB`, `12345.0`; nil for anything else, and for more than any GPU has.
  static func mebibytes(_ text: some StringProtocol) -> Int64? {
    let number = text.hasSuffix("MiB") ? text.dropLast(3) : text[...]
    guard let thousandths = parseDecimal(String(number).spaceless, places: 3) else { return nil }
    let mebibytes = (thousandths + 999) / 1000
    return (0...LargestHost.memoryMiB).contains(mebibytes) ? mebibytes : nil
  }
}

/// The id of an instance within a text, such as the name of a file; nil if there is none.
func instanceID(in text: some StringProtocol) -> String? {
  let bytes = Array(text.utf8)
  func isWord(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
  func isHex(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
  // The last one counts: a folder may also be named after an instance.
  for start in bytes.indices.dropLast(9).reversed() where bytes[start] == UInt8(ascii: "i") {
    guard bytes[start + 1] == UInt8(ascii: "-"), start == 0 || !isWord(bytes[start - 1]) else { continue }
    let digits = bytes[(start + 2)...].prefix(while: isHex)
    guard digits.count == 17 || digits.count == 8, digits.endIndex == bytes.count || !isWord(bytes[digits.endIndex])
    else { continue }
    return "i-" + String(decoding: digits, as: UTF8.self)
  }
  return nil
}

extension String {
  /// Without leading and trailing spaces.
  var spaceless: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed())
  }
}
