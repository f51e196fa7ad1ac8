import Foundation
import PackagePlugin

/// Compiles the text files of a target's folder into it, so that a file is added by adding it.
///
/// The target gets `embeddedFiles`: the path within its folder and the text of every `.sql`, `.md`, `.yaml` and `.shape`,
/// in the order of their paths. SwiftPM asks again whenever the folder changes.
@main struct EmbedText: BuildToolPlugin {
  private static let endings: Set<String> = ["sql", "md", "yaml", "shape"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    let files = try Self.files(in: target.directoryURL)
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) files in \(target.name)",
        executable: try context.tool(named: "embed-text").url,
        arguments: [output.path, target.directoryURL.path] + files.map(\.path),
        inputFiles: files, outputFiles: [output])
    ]
  }

  private static func files(in folder: URL) throws -> [URL] {
    let entries = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isDirectoryKey])
    return try entries.flatMap { entry in
      if try entry.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true { return try files(in: entry) }
      return endings.contains(entry.pathExtension) ? [entry] : []
    }.sorted { $0.path < $1.path }
  }
}
