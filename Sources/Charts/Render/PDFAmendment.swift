/// Adds what Cairo 1.16 cannot express, as an incremental update at the file's end: the document's language, the
/// request to show its title, and the description of each figure.
///
/// A file whose catalogue is not a plain object (later Cairo versions pack objects in streams) stays as it is.
enum PDFAmendment {
  struct Figure: Equatable {
    var title: String
    var description: String
  }

  static func figures(of document: PDFDocument) -> [Figure] {
    var figures: [Figure] = []
    for page in document.pages {
      page.scene.forEachGroup { group in
        if case .figure(let title, let description)? = group.role {
          figures.append(Figure(title: title, description: description))
        }
      }
    }
    return figures
  }

  static func amend(_ bytes: [UInt8], language: String, figures: [Figure]) -> [UInt8] {
    guard let file = PDFFile(bytes), let catalog = file.object(file.root) else { return bytes }
    var update = PDFUpdate(file)
    let facts = " /Lang \(PDFString.ascii(language)) /ViewerPreferences << /DisplayDocTitle true >>"
    update.replace(file.root, with: inserted(facts, into: catalog))
    let elements = file.objects(containing: "/S /Figure")
    if elements.count == figures.count {
      for (element, figure) in zip(elements, figures) {
        let alt = " /T \(PDFString.unicode(figure.title)) /Alt \(PDFString.unicode(figure.description))"
        update.replace(element.number, with: inserted(alt, into: element.body))
      }
    }
    return update.bytes
  }

  /// Entries inserted before the `>>` that ends a dictionary.
  private static func inserted(_ entries: String, into dictionary: String) -> String {
    guard let end = dictionary.lastRange(of: ">>") else { return dictionary }
    return dictionary[..<end] + entries + "\n" + dictionary[end...]
  }
}

/// A PDF string literal.
enum PDFString {
  static func ascii(_ text: String) -> String {
    "(" + text.filter { $0.isASCII && $0 != "(" && $0 != ")" && $0 != "\\" } + ")"
  }

  /// UTF-16 in hexadecimal, with its byte order mark.
  static func unicode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var hex = "<FEFF"
    for unit in text.utf16 {
      for shift in [12, 8, 4, 0] { hex.append(digits[Int(unit >> UInt16(shift)) & 15]) }
    }
    return hex + ">"
  }
}

extension String {
  /// The start of the last occurrence of an ASCII pattern.
  func lastRange(of pattern: String) -> String.Index? {
    let (text, wanted) = (Array(utf8), Array(pattern.utf8))
    guard text.count >= wanted.count else { return nil }
    for start in stride(from: text.count - wanted.count, through: 0, by: -1)
    where text[start..<start + wanted.count].elementsEqual(wanted) {
      return utf8.index(startIndex, offsetBy: start)
    }
    return nil
  }
}
