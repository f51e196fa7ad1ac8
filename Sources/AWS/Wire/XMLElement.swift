import Foundation
import FoundationXML

/// One element of an XML answer. Attributes and comments are dropped: no AWS answer we read needs them.
struct XMLElement {
  /// Without its namespace prefix.
  let name: String
  var text = ""
  var children: [XMLElement] = []

  subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The text of the element at the end of the path; nil where there is none.
  func text(_ path: String...) -> String? {
    var element = self
    for name in path {
      guard let child = element[name] else { return nil }
      element = child
    }
    return element.text
  }

  /// The root element; nil where the bytes are no complete document in UTF-8, or nest deeper than any answer does.
  static func parse(_ bytes: [UInt8]) -> XMLElement? {
    // Foundation's parser traps on what is not UTF-8 where it tells of an error.
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    let reader = Reader()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    return parser.parse() ? reader.root : nil
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var root: XMLElement?
    private var open: [XMLElement] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if open.count >= 64 { parser.abortParsing() }
      open.append(XMLElement(name: name))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      guard !open.isEmpty else { return }
      open[open.count - 1].text += text
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      guard let closed = open.popLast() else { return }
      if open.isEmpty { root = closed } else { open[open.count - 1].children.append(closed) }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
      self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
    }
  }
}
