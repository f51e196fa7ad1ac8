import Domain

/// The answer of NVIDIA's DCGM exporter at `/metrics`, one scrape or many, in Prometheus's text format. A scrape has no
/// time of its own: lines end with one, as Prometheus's `promtool tsdb dump-openmetrics` writes them, or `--as-of`
/// gives it. The host is an instance id in a label, or in the name of the file or its folder.
enum DCGM {
  /// Adds the file's samples; false if it is something else.
  static func add(_ bytes: UnsafeRawBufferPointer, path: String, to page: inout Page) -> Bool {
    guard isDCGM(bytes) else { return false }
    var reader = Scrape(path: instanceID(in: path), asOf: page.observedAt > 0 ? page.observedAt : nil)
    for line in bytes.split(separator: UInt8(ascii: "\n")) { reader.add(line, &page) }
    reader.minutes.write(to: &page)
    if reader.minutes.isEmpty, page.outcome.lost == 0 { page.leaveUnused("the DCGM exporter reported no GPU use") }
    return true
  }

  private static func isDCGM(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let head = bytes.prefix(1 << 16)
    guard let first = head.first,
      first == UInt8(ascii: "#") || first == UInt8(ascii: "D") || first == UInt8(ascii: "\n")
    else { return false }
    return head.split(separator: UInt8(ascii: "\n")).contains { line in
      let line = line.starts(with: "# HELP ".utf8) || line.starts(with: "# TYPE ".utf8) ? line.dropFirst(7) : line
      return line.starts(with: "DCGM_FI_".utf8)
    }
  }

  /// The fields that are used, in MiB and percent, except for the graphics engine's share of time.
  fileprivate enum Metric: String {
    case utilization = "DCGM_FI_DEV_GPU_UTIL"
    case engineActive = "DCGM_FI_PROF_GR_ENGINE_ACTIVE"
    case used = "DCGM_FI_DEV_FB_USED"
    case free = "DCGM_FI_DEV_FB_FREE"
    case reserved = "DCGM_FI_DEV_FB_RESERVED"
  }
}

/// The lines of a file, grouped by GPU and time.
private struct Scrape {
  private struct Key: Hashable {
    let instance: String
    let gpu: String
    let at: Int64
  }

  private let path: String?
  private let asOf: Int64?
  private var values: [Key: [DCGM.Metric: String]] = [:]
  private var isNameless = false
  private var isTimeless = false

  init(path: String?, asOf: Int64?) { (self.path, self.asOf) = (path, asOf) }

  mutating func add(_ line: Slice<UnsafeRawBufferPointer>, _ page: inout Page) {
    guard line.first == UInt8(ascii: "D") else { return }
    guard let sample = PrometheusLine(String(decoding: line, as: UTF8.self)) else {
      page.findings.add(.unreadable, counting: "lines that are not Prometheus samples are left out")
      return page.lose()
    }
    guard let metric = DCGM.Metric(rawValue: sample.name) else { return }
    // A part of a GPU (MIG) has no use that could be compared with the whole.
    if let part = sample.labels["GPU_I_ID"], !part.isEmpty {
      return page.findings.add(.notUsed, counting: "parts of GPUs (MIG) are not used")
    }
    guard
      let gpu = [sample.labels["UUID"], sample.labels["uuid"], sample.labels["gpu"]].compactMap(\.self).first(where: {
        !$0.isEmpty
      })
    else {
      page.findings.add(.missingField, counting: "samples without a GPU are left out")
      return page.lose()
    }
    let named = ["instance_id", "InstanceId", "Hostname", "instance", "node", "host"].lazy
      .compactMap { sample.labels[$0].flatMap { instanceID(in: $0) } }.first
    guard let instance = named ?? path else {
      if !isNameless { page.addNamelessGPUs() }
      isNameless = true
      return
    }
    guard let at = sample.time ?? asOf else {
      if !isTimeless {
        page.findings.add(.missingField, "", "has no time; pass --as-of")
        page.lose()
      }
      isTimeless = true
      return
    }
    values[Key(instance: instance, gpu: gpu, at: at), default: [:]][metric] = sample.value
  }

  var minutes: GPUMinutes {
    var minutes = GPUMinutes()
    for (key, value) in values {
      let share = value[.engineActive].flatMap { parseDecimal($0, places: 4) }.flatMap {
        (0...10_000).contains($0) ? $0 : nil
      }
      guard let duty = value[.utilization].flatMap({ GPUSample.duty(percent: $0) }) ?? share else { continue }
      let (used, free, reserved) = (value[.used], value[.free], value[.reserved])
      let parts = [used, free, reserved].map { $0.flatMap { GPUSample.mebibytes($0) } }
      let total = parts[0].flatMap { used in parts[1].map { used + $0 + (parts[2] ?? 0) } }
      minutes.add(
        GPUSample(duty: duty, memoryMiB: parts[0], memoryTotalMiB: total), of: key.gpu, on: key.instance, at: key.at)
    }
    return minutes
  }
}

/// One sample of Prometheus's text format: `name{label="value",…} 87 1793059200000`.
struct PrometheusLine {
  let name: String
  private(set) var labels: [String: String] = [:]
  let value: String
  /// In milliseconds: the text format uses milliseconds, OpenMetrics seconds.
  let time: Int64?

  init?(_ line: String) {
    var rest = line[...]
    name = String(rest.prefix { $0 != "{" && $0 != " " && $0 != "\t" })
    rest = rest.dropFirst(name.count)
    if rest.first == "{" {
      rest = rest.dropFirst()
      while let first = rest.first, first != "}" {
        let label = rest.prefix { $0 != "=" }
        rest = rest.dropFirst(label.count + 1)
        guard rest.first == "\"" else { return nil }
        rest = rest.dropFirst()
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
          guard character == "\\" else {
            text.append(character)
            continue
          }
          guard let escaped = rest.popFirst() else { return nil }
          text.append(escaped == "n" ? "\n" : escaped)
        }
        labels[String(label).spaceless] = text
        while rest.first == "," || rest.first == " " { rest = rest.dropFirst() }
      }
      guard rest.popFirst() == "}" else { return nil }
    }
    let words = rest.split { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let value = words.first, words.count <= 2 else { return nil }
    self.value = String(value)
    guard words.count == 2 else {
      time = nil
      return
    }
    guard let thousandths = parseDecimal(String(words[1]), places: 3) else { return nil }
    // 10¹¹ is the year 5138 in seconds, and 1973 in milliseconds.
    let milliseconds = thousandths < 100_000_000_000_000 ? thousandths : thousandths / 1000
    guard Plausible.times.contains(milliseconds) else { return nil }
    time = milliseconds
  }
}
