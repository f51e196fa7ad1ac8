#!/bin/sh
# On Linux, Foundation's Process starts programs with the signal mask of the calling thread. Threads of Swift's concurrency
# block nearly all signals, so terminate() and interrupt() do not end a program started by a task; one started by the main
# thread receives both. Seen with Swift 6.3.1 on Debian 12: "main: ended", "task: runs on", and for the second a SigBlk of
# fffffffe3bfbea27. swift-subprocess clears the mask.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/signals.swift" <<'SWIFT'
import Foundation

func outcome() throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sleep")
  process.arguments = ["30"]
  try process.run()
  Thread.sleep(forTimeInterval: 0.5)
  let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
  let mask = status.split(separator: "\n").first { $0.hasPrefix("SigBlk") } ?? ""
  process.terminate()
  Thread.sleep(forTimeInterval: 2)
  let runsOn = process.isRunning
  if runsOn { kill(process.processIdentifier, SIGKILL) }
  return "\(runsOn ? "runs on" : "ended") (\(mask.filter { $0 != "\t" && $0 != " " }))"
}

@main struct Signals {
  static func main() async throws {
    print("main:", try outcome())
    print("task:", try await Task.detached { try outcome() }.value)
  }
}
SWIFT
swift --version 2>&1 | head -1
swiftc -swift-version 5 -parse-as-library -o "$folder/signals" "$folder/signals.swift"
"$folder/signals" | tee "$folder/out"
grep -q '^main: ended' "$folder/out"
grep -q '^task: runs on' "$folder/out"
