import Foundation
import Testing

@testable import Base

/// A file is either complete or absent, whoever else writes it.
@Suite struct DestinationTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "destination-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"), encoding: .utf8)
  }

  private var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } }

  @Test("Two writers of one file do not mix, and the last to finish wins")
  func together() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (one, two) = (Destination(folder + "/report.pdf"), Destination(folder + "/report.pdf"))
    let (first, second) = (try one.open(), try two.open())
    #expect(try files.count == 2 && files.allSatisfy { $0.hasPrefix("report.pdf.") && $0.hasSuffix(".part") })
    #expect(writeAll(Array("the first, and longer".utf8), to: first) == 0)
    #expect(writeAll(Array("the second".utf8), to: second) == 0)
    close(second)
    try two.keep()
    #expect(try text("report.pdf") == "the second")
    close(first)
    try one.keep()
    #expect(try text("report.pdf") == "the first, and longer")
    #expect(try files == ["report.pdf"])
  }

  @Test("Leftovers of a killed run are removed; a file still being written and look-alikes stay")
  func abandoned() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let others = [
      "report.pdf.part", "report.pdf.0badcaf.part", "report.pdf.0BADCAFE.part", "other.pdf.0badcafe.part",
      "report.pdf.0badcafe.part.gz",
    ]
    for name in ["report.pdf.0badcafe.part", "report.pdf.12345678.part"] + others {
      try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let slow = Destination(folder + "/report.pdf")
    let descriptor = try slow.open()
    try Destination(folder + "/report.pdf").write(Array("whole".utf8))
    let kept = try files.filter { $0 != "report.pdf" && !others.contains($0) }
    #expect(kept.count == 1 && kept != ["report.pdf.0badcafe.part"] && kept != ["report.pdf.12345678.part"], "\(kept)")
    close(descriptor)
    slow.discard()
    #expect(try files == (others + ["report.pdf"]).sorted())
  }

  @Test("Discarding leaves nothing behind, and the old file stays")
  func notKept() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Destination(folder + "/report.pdf").write(Array("before".utf8))
    do {
      let destination = Destination(folder + "/report.pdf")
      close(try destination.open())
    }
    #expect(try files == ["report.pdf"])
    #expect(try text("report.pdf") == "before")
    #expect(throws: FileError(folder + "/none/report.pdf", reason: "No such file or directory")) {
      try Destination(folder + "/none/report.pdf").write([1])
    }
  }

  @Test("In the current folder, through a link, keeping the old permissions")
  func places() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/real", withIntermediateDirectories: true)
    try Destination(folder + "/real/report.pdf").write(Array("before".utf8))
    chmod(folder + "/real/report.pdf", 0o640)
    symlink("real/report.pdf", folder + "/linked.pdf")
    try Destination(folder + "/linked.pdf").write(Array("after".utf8))
    #expect(try text("real/report.pdf") == "after")
    var status = stat()
    #expect(lstat(folder + "/linked.pdf", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(folder + "/real/report.pdf", &status) == 0 && status.st_mode & 0o7777 == 0o640)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/real") == ["report.pdf"])
  }
}
