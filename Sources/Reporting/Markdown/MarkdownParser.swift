import Base
import CMarkdown

/// Reads GitHub Markdown with cmark-gfm. HTML is not passed on, so that a report is the same on paper.
struct MarkdownParser {
  /// The line in the file for each line of the text.
  var lines: [Int]

  func blocks(_ text: String) -> [MarkdownBlock] {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else { return [] }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough"] {
      if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let document = cmark_parser_finish(parser) else { return [] }
    defer { cmark_node_free(document) }
    return children(document).compactMap { block($0) }
  }

  private func block(_ node: OpaquePointer) -> MarkdownBlock? {
    kind(node).map { MarkdownBlock(line: line(node), kind: $0) }
  }

  private func kind(_ node: OpaquePointer) -> MarkdownBlock.Kind? {
    switch name(node) {
    case "heading": return .heading(level: Int(cmark_node_get_heading_level(node)), inlines(node))
    case "paragraph": return .paragraph(inlines(node))
    case "block_quote": return .quote(children(node).compactMap { block($0) })
    case "thematic_break": return .rule
    case "list":
      let ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      return .list(
        start: ordered ? Int(cmark_node_get_list_start(node)) : nil,
        items: children(node).map { item in children(item).compactMap { block($0) } })
    case "code_block":
      let info = string(cmark_node_get_fence_info(node)).split(separator: " ").first.map(String.init) ?? ""
      return .fence(kind: info, text: string(cmark_node_get_literal(node)))
    case "table": return table(node)
    case "html_block":
      return Self.mark(string(cmark_node_get_literal(node))).map { .mark($0) }
    default: return nil
    }
  }

  /// `page` for `<!-- page -->`.
  static func mark(_ html: String) -> String? {
    let text = html.trimmed
    guard text.hasPrefix("<!--"), text.hasSuffix("-->") else { return nil }
    let word = String(text.dropFirst(4).dropLast(3)).trimmed
    return ["page", "columns", "column", "end"].contains(word) ? word : nil
  }

  private func table(_ node: OpaquePointer) -> MarkdownBlock.Kind {
    let count = Int(cmark_gfm_extensions_get_table_columns(node))
    let marks = cmark_gfm_extensions_get_table_alignments(node)
    let alignments: [ColumnAlignment] = (0..<count).map { index in
      switch marks?[index] {
      case UInt8(ascii: "r"): .right
      case UInt8(ascii: "c"): .center
      default: .left
      }
    }
    let rows = children(node).map { row in children(row).map { inlines($0) } }
    return .table(alignments: alignments, head: rows.first ?? [], rows: Array(rows.dropFirst()))
  }

  private func inlines(_ node: OpaquePointer) -> [Inline] {
    var result: [Inline] = []
    for child in children(node) {
      switch name(child) {
      case "text":
        let text = string(cmark_node_get_literal(child))
        // cmark splits text at every escape; one run is easier to draw and to search.
        if case .text(let before) = result.last {
          result[result.count - 1] = .text(before + text)
        } else {
          result.append(.text(text))
        }
      case "softbreak":
        if case .text(let before) = result.last {
          result[result.count - 1] = .text(before + " ")
        } else {
          result.append(.text(" "))
        }
      case "linebreak": result.append(.lineBreak)
      case "code": result.append(.code(string(cmark_node_get_literal(child))))
      case "strong": result.append(.strong(inlines(child)))
      case "emph", "strikethrough": result.append(.emphasis(inlines(child)))
      case "link":
        let url = string(cmark_node_get_url(child))
        if Self.isSafe(url) { result.append(.link(inlines(child), url: url)) } else { result += inlines(child) }
      case "image": result += inlines(child)
      case "html_inline": result.append(.text(string(cmark_node_get_literal(child))))
      default: result += inlines(child)
      }
    }
    return result
  }

  /// A link may go to a web page or to a place in this page: never to a script, a program or a file.
  static func isSafe(_ url: String) -> Bool {
    let lower = url.lowercased()
    return ["https://", "http://", "#"].contains { lower.hasPrefix($0) } && url.shownInLine == url
  }

  private func children(_ node: OpaquePointer) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    var next = cmark_node_first_child(node)
    while let child = next {
      found.append(child)
      next = cmark_node_next(child)
    }
    return found
  }

  private func line(_ node: OpaquePointer) -> Int {
    let index = Int(cmark_node_get_start_line(node)) - 1
    return lines.indices.contains(index) ? lines[index] : lines.last ?? 1
  }

  private func name(_ node: OpaquePointer) -> String { string(cmark_node_get_type_string(node)) }

  private func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}

extension StringProtocol {
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    var end = start.endIndex
    while end > start.startIndex, start[start.index(before: end)].isWhitespace { end = start.index(before: end) }
    return String(start[start.startIndex..<end])
  }
}
