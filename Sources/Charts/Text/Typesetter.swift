import CCairo

/// A style as Pango needs it, without colours.
struct Face: Hashable {
  var size: Double
  var weight: Int
  var italic: Bool
  var tracking: Double
  var tabularFigures: Bool
  var family: String?

  init(_ style: TextStyle) {
    size = style.size
    weight = style.weight
    italic = style.italic
    tracking = style.tracking
    tabularFigures = style.tabularFigures
    family = style.family
  }
}

/// One Pango context and its one layout, set up so that text has the same widths on every surface:
/// no hinting, no rounding of positions, absolute sizes.
final class Typesetter {
  /// Inter, then DejaVu Sans; fontconfig adds any face with the glyphs that both lack.
  static let family = "Inter, DejaVu Sans, sans-serif"

  let context: OpaquePointer?
  let layout: OpaquePointer?
  private var attributes: [Face: OpaquePointer] = [:]

  init() {
    context = pango_font_map_create_context(pango_cairo_font_map_get_default())
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_context_set_round_glyph_positions(context, 0)
    pango_context_set_language(context, pango_language_from_string("en"))
    layout = pango_layout_new(context)
    // Pages are written from left to right, like HTML and SVG: a right-to-left name is one word of its sentence.
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
    pango_layout_set_auto_dir(layout, 0)
  }

  deinit {
    for list in attributes.values { pango_attr_list_unref(list) }
    if let layout { g_object_unref(UnsafeMutableRawPointer(layout)) }
    if let context { g_object_unref(UnsafeMutableRawPointer(context)) }
  }

  /// The layout's only line, containing `string`; valid until the next call.
  func line(_ string: String, _ face: Face) -> UnsafeMutablePointer<PangoLayoutLine>? {
    pango_layout_set_width(layout, -1)
    pango_layout_set_single_paragraph_mode(layout, 1)
    pango_layout_set_attributes(layout, list(face))
    var string = string
    string.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
    }
    return pango_layout_get_line_readonly(layout, 0)
  }

  /// The attributes of a face over a range of bytes.
  func insert(_ face: Face, from start: UInt32, to end: UInt32, into list: OpaquePointer?) {
    for attribute in Self.make(face) {
      guard let attribute else { continue }
      attribute.pointee.start_index = start
      attribute.pointee.end_index = end
      pango_attr_list_insert(list, attribute)
    }
  }

  /// No line breaks inside a range of bytes.
  func keepTogether(from start: UInt32, to end: UInt32, in list: OpaquePointer?) {
    guard let attribute = pango_attr_allow_breaks_new(0) else { return }
    attribute.pointee.start_index = start
    attribute.pointee.end_index = end
    pango_attr_list_insert(list, attribute)
  }

  private func list(_ face: Face) -> OpaquePointer? {
    if let known = attributes[face] { return known }
    guard let list = pango_attr_list_new() else { return nil }
    insert(face, from: 0, to: UInt32.max, into: list)
    attributes[face] = list
    return list
  }

  private static func make(_ face: Face) -> [UnsafeMutablePointer<PangoAttribute>?] {
    let description = pango_font_description_new()
    defer { pango_font_description_free(description) }
    pango_font_description_set_family(description, face.family.map { "\($0), \(family)" } ?? family)
    pango_font_description_set_weight(description, PangoWeight(rawValue: UInt32(max(100, min(1000, face.weight)))))
    pango_font_description_set_style(description, face.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL)
    pango_font_description_set_absolute_size(description, face.size * Double(PANGO_SCALE))
    var made = [pango_attr_font_desc_new(description)]
    if face.tracking != 0 {
      made.append(pango_attr_letter_spacing_new(Int32((face.tracking * face.size * Double(PANGO_SCALE)).rounded())))
    }
    if face.tabularFigures { made.append(pango_attr_font_features_new("tnum=1")) }
    return made
  }
}
