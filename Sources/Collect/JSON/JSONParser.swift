import CSimdJSON

/// Why a document cannot be read as JSON.
enum JSONFault: Error, Equatable, Sendable {
  case tooLarge, tooDeep, invalidUTF8, number, controlCharacter, empty, syntax, memory

  init(code: Int32) {
    switch code {
    case Int32(csimdjson_error_capacity): self = .tooLarge
    case Int32(csimdjson_error_depth): self = .tooDeep
    case Int32(csimdjson_error_utf8): self = .invalidUTF8
    case Int32(csimdjson_error_number): self = .number
    case Int32(csimdjson_error_control_character): self = .controlCharacter
    case Int32(csimdjson_error_empty): self = .empty
    case Int32(csimdjson_error_memory): self = .memory
    default: self = .syntax
    }
  }
}

/// simdjson behind a handle: parses a whole document to a tape that `JSONValue` reads without further calls.
///
/// A class only because it owns a C handle. Not for two threads at once.
final class JSONParser {
  private let handle: OpaquePointer

  /// Bytes that must be readable after a document's end.
  static let padding = csimdjson_padding

  init(maximumBytes: Int, maximumDepth: Int) throws(JSONFault) {
    guard let handle = csimdjson_create(maximumBytes, maximumDepth) else { throw .memory }
    self.handle = handle
  }

  deinit { csimdjson_destroy(handle) }

  /// Parses one document. The value, and everything read from it, is valid until the next call.
  ///
  /// - Parameter bytes: the document, with `padding` readable bytes after its end.
  /// - Complexity: O(n), at gigabytes per second; the whole document is validated.
  func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) -> JSONValue {
    guard let start = bytes.baseAddress else { throw .empty }
    let code = csimdjson_parse(handle, start.assumingMemoryBound(to: UInt8.self), bytes.count)
    guard code == Int32(csimdjson_success), let tape = csimdjson_tape(handle),
      let strings = csimdjson_strings(handle)
    else { throw JSONFault(code: code) }
    return JSONValue(tape: tape, strings: strings, index: 1)
  }

  /// Parses a document that is text inside another one. `scratch` holds it from now on.
  func parse(_ text: JSONText, scratch: inout [UInt8]) throws(JSONFault) -> JSONValue {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: text.buffer)
    scratch.append(contentsOf: repeatElement(0, count: Self.padding))
    let count = text.count
    let parsed = scratch.withUnsafeBytes { bytes in
      Result { () throws(JSONFault) in try parse(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
    }
    return try parsed.get()
  }
}
