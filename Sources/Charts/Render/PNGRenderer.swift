import CCairo

/// Paints a scene as PNG: `scale` pixels a point, on `background`.
package struct PNGRenderer {
  /// Pixels a point; the picture is rounded up to whole pixels.
  package var scale: Double
  /// Nil: transparent.
  package var background: Color?

  package init(scale: Double = 2, background: Color? = .white) {
    self.scale = scale
    self.background = background
  }

  /// - Throws: `RenderError` if Cairo fails, as for a picture of more than 32,767 pixels either way.
  package func render(_ scene: Scene) throws(RenderError) -> [UInt8] {
    let width = Int32((scene.width * scale).rounded(.up))
    let height = Int32((scene.height * scale).rounded(.up))
    let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, max(1, width), max(1, height))
    defer { cairo_surface_destroy(surface) }
    let cairo = cairo_create(surface)
    defer { cairo_destroy(cairo) }
    if let background {
      cairo_set_source_rgba(cairo, background.red, background.green, background.blue, background.alpha)
      cairo_paint(cairo)
    }
    cairo_scale(cairo, scale, scale)
    CairoCanvas(cairo: cairo, typesetter: Typesetter()).draw(scene.nodes)
    try ByteSink.check(cairo_status(cairo))
    let sink = ByteSink()
    try ByteSink.check(cairo_surface_write_to_png_stream(surface, ByteSink.write, sink.opaque))
    return sink.bytes
  }
}
