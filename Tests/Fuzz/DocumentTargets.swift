@testable import Collect

#if canImport(Glibc)
  import Glibc
#endif

nonisolated(unsafe) private let reader: DocumentReader? = try? DocumentReader(CollectionLimits())

/// AWS documents, in files and messages.
let documentTargets = [
  FuzzTarget(name: "documents") { bytes in
    guard let reader else { return }
    var page = Page()
    let padded = Array(bytes) + [UInt8](repeating: 0, count: JSONParser.padding)
    padded.withUnsafeBytes { raw in
      reader.read(UnsafeRawBufferPointer(rebasing: raw[..<bytes.count]), offset: 0, into: &page)
    }
    page.flushNewest()
    page.reportObjects()
    page.findings.flushTally()
    // Input that gives neither a row nor a finding was lost silently.
    let isBlank = bytes.allSatisfy { $0 <= 0x20 }
    precondition(isBlank || page.rows.count > 0 || !page.findings.isEmpty || page.outcome.unused > 0, "lost")
  },
  FuzzTarget(name: "traces") { bytes in
    var page = Page()
    _ = NextflowTrace.add(bytes, to: &page)
  },
  FuzzTarget(name: "arns") { bytes in
    guard let arn = ARN(JSONText(bytes: bytes.bindMemory(to: UInt8.self))) else { return }
    precondition(arn.name.count <= arn.resource.count, "a name longer than what it is part of")
    _ = (arn.cluster?.string, arn.place.string)
  },
  FuzzTarget(name: "bytes") { bytes in
    // Gzip, UTF-16, or neither.
    guard let input = try? ByteInput(Array(bytes), named: "f") else { return }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while total < 1 << 26 {
      let count = buffer.withUnsafeMutableBytes { input.read(into: $0) }
      precondition(count <= buffer.count, "more than there is room for")
      if count == 0 { break }
      total += count
    }
  },
]
