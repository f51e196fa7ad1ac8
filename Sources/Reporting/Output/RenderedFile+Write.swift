import Base

extension RenderedFile {
  /// Writes the file; its folder must exist. Readers never see half of it, and an error leaves the old file in place.
  ///
  /// - Throws: `FileError` if the folder does not exist or the disk is full.
  package func write(to path: String) throws(FileError) { try Destination(path).write(bytes) }
}
