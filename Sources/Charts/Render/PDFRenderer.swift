import Base
import CCairo

/// Writes a document as PDF: vector, text selectable, fonts embedded, tagged, with links and an outline.
///
/// ```swift
/// let bytes = try PDFRenderer().render(PDFDocument(pages: scenes.map { .init($0) }, metadata: about))
/// ```
///
/// The same document gives the same bytes with the same versions of Cairo, Pango and the fonts.
package struct PDFRenderer {
  package init() {}

  /// - Throws: `RenderError` if a link or an outline entry has no anchor, or if Cairo fails.
  package func render(_ document: PDFDocument) throws(RenderError) -> [UInt8] {
    try checkAnchors(of: document)
    let sink = ByteSink()
    let size = document.pages.first?.scene
    let surface = cairo_pdf_surface_create_for_stream(
      ByteSink.write, sink.opaque, size?.width ?? 595, size?.height ?? 842)
    defer { cairo_surface_destroy(surface) }
    let cairo = cairo_create(surface)
    defer { cairo_destroy(cairo) }
    describe(document.metadata, on: surface)
    draw(document.pages, on: cairo, surface)
    add(document.outline, under: CAIRO_PDF_OUTLINE_ROOT, to: surface)
    try ByteSink.check(cairo_status(cairo))
    cairo_surface_finish(surface)
    try ByteSink.check(cairo_surface_status(surface))
    let figures = PDFAmendment.figures(of: document)
    return PDFAmendment.amend(sink.bytes, language: document.metadata.language, figures: figures)
  }

  private func draw(_ pages: [PDFDocument.Page], on cairo: OpaquePointer?, _ surface: OpaquePointer?) {
    let canvas = CairoCanvas(cairo: cairo, typesetter: Typesetter(), tagged: true)
    cairo_tag_begin(cairo, "Document", "")
    for (index, page) in pages.enumerated() {
      // Within an open tag Cairo 1.16 accepts a new size only if it differs.
      if index > 0, page.scene.size != pages[index - 1].scene.size {
        cairo_pdf_surface_set_size(surface, page.scene.width, page.scene.height)
      }
      if let label = page.label { cairo_pdf_surface_set_page_label(surface, label) }
      canvas.draw(page.scene.nodes)
      if index == pages.count - 1 { cairo_tag_end(cairo, "Document") }
      cairo_show_page(cairo)
    }
    if pages.isEmpty { cairo_tag_end(cairo, "Document") }
  }

  private func describe(_ metadata: PDFDocument.Metadata, on surface: OpaquePointer?) {
    let entries: [(cairo_pdf_metadata_t, String)] = [
      (CAIRO_PDF_METADATA_TITLE, metadata.title), (CAIRO_PDF_METADATA_AUTHOR, metadata.author),
      (CAIRO_PDF_METADATA_SUBJECT, metadata.subject), (CAIRO_PDF_METADATA_CREATOR, metadata.creator),
      (CAIRO_PDF_METADATA_KEYWORDS, metadata.keywords.joined(separator: ", ")),
      (CAIRO_PDF_METADATA_CREATE_DATE, metadata.created),
    ]
    for (key, value) in entries where !value.isEmpty { cairo_pdf_surface_set_metadata(surface, key, value.shownInLine) }
  }

  private func add(_ entries: [PDFDocument.Entry], under parent: Int32, to surface: OpaquePointer?) {
    for entry in entries {
      let target = "dest='\(PDFTag.name(ofAnchor: entry.anchor))'"
      let id = cairo_pdf_surface_add_outline(
        surface, parent, entry.title.shownInLine, target, CAIRO_PDF_OUTLINE_FLAG_OPEN)
      add(entry.children, under: id, to: surface)
    }
  }

  private func checkAnchors(of document: PDFDocument) throws(RenderError) {
    var anchors: Set<String> = []
    var wanted: [String] = []
    func collect(_ entries: [PDFDocument.Entry]) {
      for entry in entries {
        wanted.append(entry.anchor)
        collect(entry.children)
      }
    }
    for page in document.pages {
      page.scene.forEachGroup { group in
        if let anchor = group.anchor { anchors.insert(anchor) }
        if let link = group.link, link.hasPrefix("#") { wanted.append(String(link.dropFirst())) }
      }
    }
    collect(document.outline)
    if let missing = wanted.first(where: { !anchors.contains($0) }) { throw .unknownAnchor(missing) }
  }
}
