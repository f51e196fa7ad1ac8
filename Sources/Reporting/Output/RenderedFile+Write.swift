import Base

extension RenderedFile {
  /// Writes the file; its folder must be there. A reader never sees half of it, and an error leaves what was there before.
  package func write(to path: String) throws(FileError) { try Destination(path).write(bytes) }
}
