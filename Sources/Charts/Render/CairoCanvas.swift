import CCairo

/// Draws nodes on a Cairo context, in points, with tags if the surface is a document.
struct CairoCanvas {
  let cairo: OpaquePointer?
  let typesetter: Typesetter
  var tagged = false

  func draw(_ nodes: [Node]) {
    for node in nodes {
      switch node {
      case .group(let group): draw(group)
      case .path(let path): draw(path)
      case .text(let text): draw(text)
      }
    }
  }

  private func draw(_ group: Group) {
    cairo_save(cairo)
    cairo_translate(cairo, group.x, group.y)
    let tags = tagged ? PDFTag.tags(of: group) : []
    for tag in tags { cairo_tag_begin(cairo, tag.name, tag.attributes) }
    if let clip = group.clip {
      cairo_rectangle(cairo, 0, 0, clip.width, clip.height)
      cairo_clip(cairo)
    }
    if tags.isEmpty || !group.nodes.contains(where: \.isTagged) { draw(group.nodes) } else { drawSpans(group.nodes) }
    for tag in tags.reversed() { cairo_tag_end(cairo, tag.name) }
    cairo_restore(cairo)
  }

  /// Text beside a tagged group: Cairo 1.16 forgets the content of an element that has elements in it, so the text
  /// becomes an element of its own.
  private func drawSpans(_ nodes: [Node]) {
    for node in nodes {
      if case .text(let text) = node {
        cairo_tag_begin(cairo, "Span", "")
        draw(text)
        cairo_tag_end(cairo, "Span")
      } else {
        draw([node])
      }
    }
  }

  private func draw(_ path: Path) {
    if path.segments.isEmpty || !path.isFinite { return }
    if let radius = path.dotRadius, let fill = path.fill, fill.alpha == 1, path.stroke == nil {
      return drawDots(path, radius, fill)
    }
    outline(path)
    if let fill = path.fill {
      set(fill)
      if path.stroke == nil { cairo_fill(cairo) } else { cairo_fill_preserve(cairo) }
    }
    if let stroke = path.stroke {
      set(stroke)
      cairo_stroke(cairo)
    }
    cairo_new_path(cairo)
  }

  /// Many opaque dots of one size are one stroke of round caps: half the time and a third of the bytes.
  private func drawDots(_ path: Path, _ radius: Double, _ fill: Color) {
    for case .circle(let x, let y, _) in path.segments {
      cairo_move_to(cairo, x, y)
      cairo_line_to(cairo, x, y)
    }
    set(Stroke(fill, width: 2 * radius, cap: .round))
    cairo_stroke(cairo)
  }

  private func outline(_ path: Path) {
    for segment in path.segments {
      switch segment {
      case .move(let x, let y): cairo_move_to(cairo, x, y)
      case .line(let x, let y): cairo_line_to(cairo, x, y)
      case .curve(let a, let b, let c, let d, let x, let y): cairo_curve_to(cairo, a, b, c, d, x, y)
      case .rectangle(let x, let y, let width, let height): cairo_rectangle(cairo, x, y, width, height)
      case .circle(let x, let y, let radius):
        cairo_new_sub_path(cairo)
        cairo_arc(cairo, x, y, radius, 0, 2 * Double.pi)
        cairo_close_path(cairo)
      case .close: cairo_close_path(cairo)
      }
    }
  }

  private func draw(_ text: Text) {
    if text.string.isEmpty || !text.x.isFinite || !text.y.isFinite { return }
    guard let line = typesetter.line(text.string, Face(text.style)) else { return }
    cairo_save(cairo)
    cairo_translate(cairo, text.x, text.y)
    if text.angle != 0 { cairo_rotate(cairo, text.angle * Double.pi / 180) }
    var start = 0.0
    if text.anchor != .start {
      var logical = PangoRectangle()
      pango_layout_line_get_extents(line, nil, &logical)
      let width = Double(logical.width) / Double(PANGO_SCALE)
      start = text.anchor == .end ? -width : -width / 2
    }
    if let halo = text.style.halo {
      cairo_move_to(cairo, start, 0)
      pango_cairo_layout_line_path(cairo, line)
      set(Stroke(halo, width: 3, join: .round))
      cairo_stroke(cairo)
    }
    cairo_move_to(cairo, start, 0)
    set(text.style.color)
    pango_cairo_show_layout_line(cairo, line)
    cairo_new_path(cairo)
    cairo_restore(cairo)
  }

  private func set(_ color: Color) {
    cairo_set_source_rgba(cairo, color.red, color.green, color.blue, color.alpha)
  }

  private func set(_ stroke: Stroke) {
    set(stroke.color)
    cairo_set_line_width(cairo, stroke.width)
    // A dash that Cairo rejects would ruin the whole file.
    let dash = stroke.dash.allSatisfy { $0 >= 0 } && stroke.dash.contains { $0 > 0 } ? stroke.dash : []
    cairo_set_dash(cairo, dash, Int32(dash.count), 0)
    switch stroke.cap {
    case .butt: cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT)
    case .round: cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND)
    case .square: cairo_set_line_cap(cairo, CAIRO_LINE_CAP_SQUARE)
    }
    switch stroke.join {
    case .miter: cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER)
    case .round: cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
    case .bevel: cairo_set_line_join(cairo, CAIRO_LINE_JOIN_BEVEL)
    }
  }
}

extension Path {
  var isFinite: Bool {
    segments.allSatisfy { segment in
      switch segment {
      case .move(let x, let y), .line(let x, let y): abs(x) < 1e7 && abs(y) < 1e7
      case .curve(let a, let b, let c, let d, let x, let y): abs(a + b + c + d + x + y) < 1e7
      case .rectangle(let x, let y, let width, let height): abs(x + width) < 1e7 && abs(y + height) < 1e7
      case .circle(let x, let y, let radius): abs(x) < 1e7 && abs(y) < 1e7 && radius < 1e7
      case .close: true
      }
    }
  }

  /// The radius of a path that consists of circles of one size.
  var dotRadius: Double? {
    guard case .circle(_, _, let radius)? = segments.first else { return nil }
    for segment in segments {
      guard case .circle(_, _, let other) = segment, other == radius else { return nil }
    }
    return radius
  }
}
