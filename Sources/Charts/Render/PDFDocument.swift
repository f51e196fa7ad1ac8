/// A document to be written as PDF: pages, metadata and table of contents.
package struct PDFDocument: Equatable, Sendable {
  /// One page, of the scene's size.
  package struct Page: Equatable, Sendable {
    package var scene: Scene
    /// The page's number as a reader shows it; nil keeps "1", "2", ….
    package var label: String?

    package init(_ scene: Scene, label: String? = nil) {
      self.scene = scene
      self.label = label
    }
  }

  /// What viewers show as the document's properties.
  package struct Metadata: Equatable, Sendable {
    package var title: String
    package var author: String
    package var subject: String
    package var creator: String
    package var keywords: [String]
    /// ISO 8601, such as `2026-11-04T05:20:00Z`. Passed in, never from the clock: the same input gives the same bytes.
    package var created: String
    /// A BCP 47 tag.
    package var language: String

    package init(
      title: String, author: String = "", subject: String = "", creator: String = "batchcost", keywords: [String] = [],
      created: String, language: String = "en"
    ) {
      self.title = title
      self.author = author
      self.subject = subject
      self.creator = creator
      self.keywords = keywords
      self.created = created
      self.language = language
    }
  }

  /// An entry of the outline, linked to an anchor.
  package struct Entry: Equatable, Sendable {
    package var title: String
    /// A group's anchor, without `#`; one that no group has is an error of the renderer.
    package var anchor: String
    package var children: [Entry]

    package init(_ title: String, anchor: String, children: [Entry] = []) {
      self.title = title
      self.anchor = anchor
      self.children = children
    }
  }

  package var pages: [Page]
  package var metadata: Metadata
  /// The table of contents, in order.
  package var outline: [Entry]

  package init(pages: [Page], metadata: Metadata, outline: [Entry] = []) {
    self.pages = pages
    self.metadata = metadata
    self.outline = outline
  }
}

extension Scene {
  /// Every group, outer before inner, in drawing order.
  func forEachGroup(_ body: (Group) -> Void) {
    func walk(_ nodes: [Node]) {
      for case .group(let group) in nodes {
        body(group)
        walk(group.nodes)
      }
    }
    walk(nodes)
  }
}
