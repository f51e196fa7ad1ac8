import Foundation

/// A file to read, and the name by which findings call it.
struct InputFile: Equatable, Sendable {
  let path: String
  /// Named by the user, not found in a folder: it is read whatever it is called.
  let isExplicit: Bool
}

/// The files that paths stand for: files themselves, folders with all that lies in them, `-` for standard input.
///
/// Folders are searched in the order of names, so that every run reads in the same order; hidden files are left out.
func inputFiles(_ paths: [String]) -> [InputFile] {
  paths.flatMap { path in
    isFolder(path) ? filesBelow(path) : [InputFile(path: path, isExplicit: true)]
  }
}

private func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

private func filesBelow(_ folder: String, depth: Int = 0) -> [InputFile] {
  // Links can make a circle of folders.
  if depth > 32 { return [] }
  let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  return names.flatMap { name -> [InputFile] in
    if name.hasPrefix(".") || isProse(name) { return [] }
    let path = "\(base)/\(name)"
    return isFolder(path) ? filesBelow(path, depth: depth + 1) : [InputFile(path: path, isExplicit: false)]
  }
}

/// Files that lie beside data and hold none: read-me files, licences, pictures, programs, databases.
private func isProse(_ name: String) -> Bool {
  let extensions = [
    ".md", ".txt", ".rst", ".html", ".pdf", ".svg", ".png", ".jpg", ".py", ".sh", ".ipynb", ".sql", ".sqlite",
    ".sqlite-wal", ".sqlite-shm", ".db", ".yaml", ".yml", ".toml",
  ]
  let small = name.lowercased()
  return extensions.contains(where: small.hasSuffix) || ["license", "licence", "readme", "notice"].contains(small)
}
