import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The files that paths stand for: files themselves, folders with everything in them, `-` for standard input.
///
/// Folders are searched in the order of names, so that every run reads in the same order. Hidden files, pipes and
/// devices, and files without data by their name are left out; a file given explicitly is always read.
func inputFiles(_ paths: [String]) -> [String] {
  paths.flatMap { path in kind(of: path) == .folder ? filesBelow(path, inside: []) : [path] }
}

private enum PathKind {
  case folder, file, other
}

private func kind(of path: String) -> PathKind {
  var status = stat()
  guard stat(path, &status) == 0 else { return .other }
  switch status.st_mode & S_IFMT {
  case S_IFDIR: return .folder
  case S_IFREG: return .file
  default: return .other
  }
}

/// - Parameter inside: the folders around this one, with links resolved: following a link back to one of them would
///   never end.
private func filesBelow(_ folder: String, inside: Set<String>) -> [String] {
  let resolved = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
  if inside.contains(resolved) { return [] }
  let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  return names.flatMap { name -> [String] in
    let path = "\(base)/\(name)"
    if name.hasPrefix(".") || isProse(name) && !isText(name, holdingDataAt: path) { return [] }
    switch kind(of: path) {
    case .folder: return filesBelow(path, inside: inside.union([resolved]))
    case .file: return [path]
    case .other: return []
    }
  }
}

/// Whether a text file was printed by a program rather than written by a person: it begins with an object, a list, the
/// time of a log line, or a key of an answer in YAML.
private func isText(_ name: String, holdingDataAt path: String) -> Bool {
  let small = name.lowercased()
  guard [".txt", ".yaml", ".yml"].contains(where: small.hasSuffix), kind(of: path) == .file,
    let file = fopen(path, "rb")
  else { return false }
  defer { fclose(file) }
  var head = [UInt8](repeating: 0, count: YAMLAnswer.head)
  let count = fread(&head, 1, head.count, file)
  if YAMLAnswer.isLikely(head[..<count]) || PrintedAnswer.option(head[..<count]) != nil { return true }
  // UTF-16 has a zero byte beside each character.
  let text = head[..<count].filter { $0 > 0x20 && $0 < 0x80 }
  guard let first = text.first else { return false }
  if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return true }
  return String(decoding: text, as: UTF8.self).prefixMatch(of: /\d{4}-\d\d-\d\dT\d\d:/) != nil
}

/// Files beside the data that have none: read-me files, licences, pictures, programs, databases.
private func isProse(_ name: String) -> Bool {
  let extensions = [
    ".md", ".txt", ".rst", ".html", ".pdf", ".svg", ".png", ".jpg", ".py", ".sh", ".ipynb", ".sql", ".sqlite",
    ".sqlite-wal", ".sqlite-shm", ".db", ".yaml", ".yml", ".toml",
  ]
  let small = name.lowercased()
  // Nextflow calls its table of tasks trace.txt.
  if small.contains("trace") { return false }
  return extensions.contains(where: small.hasSuffix) || ["license", "licence", "readme", "notice"].contains(small)
}
