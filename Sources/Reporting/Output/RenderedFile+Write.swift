import Base

extension RenderedFile {
  /// Writes the file; its folder must exist. Readers never see half of it, and an error leaves the old file in place.
  package func write(to path: String) throws(FileError) { try Destination(path).write(bytes) }
}
