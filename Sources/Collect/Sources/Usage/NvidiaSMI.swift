import Domain

/// Output of `nvidia-smi --query-gpu=timestamp,uuid,utilization.gpu,memory.used,memory.total --format=csv`, with or
/// without units. The host is an instance id in the name of the file or its folder; times are assumed to be UTC.
enum NvidiaSMI {
  /// Adds the file's samples; false if it is something else.
  static func add(_ bytes: UnsafeRawBufferPointer, path: String, to page: inout Page) -> Bool {
    guard var table = Delimited(bytes, having: ["utilization.gpu [%]"]) else { return false }
    let missing =
      ["timestamp"].filter { table.columns[$0] == nil }
      + (table.columns["uuid"] == nil && table.columns["index"] == nil ? ["uuid"] : [])
    guard missing.isEmpty else {
      page.findings.add(
        .missingField, missing[0],
        "is missing: query \(missing.joined(separator: " and ")) too, with nvidia-smi --query-gpu")
      page.lose()
      return true
    }
    guard let instance = instanceID(in: path) else {
      page.addNamelessGPUs()
      return true
    }
    var minutes = GPUMinutes()
    while let cells = table.next() {
      let row = Row(cells, table.columns)
      if row.isEmpty { continue }
      guard let gpu = row["uuid"] ?? row["index"], let at = row["timestamp"].flatMap(time) else {
        page.findings.add(.wrongType, counting: "lines without a GPU, or with a time that cannot be read, are left out")
        page.lose()
        continue
      }
      guard let duty = row["utilization.gpu [%]"].flatMap({ GPUSample.duty(percent: $0) }) else {
        page.findings.add(.wrongType, counting: "lines whose utilization.gpu is not between 0 and 100 % are left out")
        page.lose()
        continue
      }
      minutes.add(
        GPUSample(
          duty: duty, memoryMiB: row["memory.used [MiB]"].flatMap { GPUSample.mebibytes($0) },
          memoryTotalMiB: row["memory.total [MiB]"].flatMap { GPUSample.mebibytes($0) }),
        of: gpu, on: instance, at: at)
    }
    minutes.write(to: &page)
    if minutes.isEmpty { page.leaveUnused("nvidia-smi printed no GPU") }
    return true
  }

  /// `2026/10/26 10:00:00.123`.
  static func time(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == UInt8(ascii: "/"), bytes[7] == UInt8(ascii: "/") else { return nil }
    let iso = text.map { $0 == "/" ? "-" : $0 == " " ? "T" : $0 }
    guard let time = Instant(String(iso) + "Z")?.milliseconds, Plausible.times.contains(time) else { return nil }
    return time
  }

  private struct Row {
    let cells: [String]
    let columns: [String: Int]

    init(_ cells: [String], _ columns: [String: Int]) { (self.cells, self.columns) = (cells, columns) }

    subscript(name: String) -> String? {
      guard let index = columns[name], cells.indices.contains(index) else { return nil }
      let cell = cells[index].spaceless
      return cell.isEmpty ? nil : cell
    }

    var isEmpty: Bool { cells.allSatisfy(\.spaceless.isEmpty) }
  }
}

extension Page {
  /// Reports GPU samples without an instance.
  mutating func addNamelessGPUs() {
    findings.add(
      .missingField, "",
      "names no instance: put its id into the name of the file or its folder, such as gpu-i-0123456789abcdef0.csv")
    lose()
  }
}
