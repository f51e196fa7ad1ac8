/// A value of a row on its way to the database: 16 bytes; text is a position in the page.
struct Field {
  enum Kind: UInt8 {
    case null
    case integer
    /// Text in the page's arena.
    case text
    /// One of the page's references, which the writer turns into a row's number.
    case reference
  }

  /// The integer, the text's offset, or the reference's index.
  let word: Int64
  /// The text's length, in bytes.
  let length: Int32
  let kind: Kind

  static let null = Field(word: 0, length: 0, kind: .null)
  static func integer(_ value: Int64) -> Field { Field(word: value, length: 0, kind: .integer) }
}

/// Something that rows refer to by number in the database and by name in documents.
struct Reference {
  enum Kind: UInt8, CaseIterable {
    /// `region:account`
    case accountRegion
    /// An ARN.
    case jobQueue, jobDefinition, cluster, containerInstance
    /// A JSON object with sorted keys.
    case tagSet
    /// A job's id.
    case jobParent
  }

  let kind: Kind
  let hash: UInt64
  let offset: Int
  let length: Int
}
