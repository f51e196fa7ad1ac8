#!/bin/sh
# swift-subprocess 1.0.2: a task with its own executor preference runs there, but `Subprocess.run` does not return before a
# thread of the global pool is free. If all of the pool's threads are busy, a program that ended at once seems to keep running;
# if they all wait for it, the call never returns. One would expect a task executor preference to apply to the whole call, as
# it does to child tasks. It cannot: the clean-up after a cancelled task is awaited in an unstructured `Task { }`, which does
# not inherit the preference of the task that made it.
#
# Seen with Swift 6.3.1 on Debian 12, two processors: `true` returns after 2 ms while the pool is idle, and after 3,989 ms if
# its threads are held that long; a child task with the same preference, without the library, after 10 ms in both cases.
#
# Needs the Swift toolchain and git. Prints what it sees; fails if that changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/Sources/executor"
cat >"$folder/Package.swift" <<'SWIFT'
// swift-tools-version: 6.2
import PackageDescription
let package = Package(
  name: "executor",
  dependencies: [.package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2")],
  targets: [
    .executableTarget(name: "executor", dependencies: [.product(name: "Subprocess", package: "swift-subprocess")])
  ])
SWIFT
cat >"$folder/Sources/executor/Executor.swift" <<'SWIFT'
import Dispatch
import Foundation
import Subprocess

final class OwnThreads: TaskExecutor {
  static let shared = OwnThreads()
  let queue = DispatchQueue(label: "own", attributes: .concurrent)
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

@main struct Executor {
  /// Milliseconds until `true` is back; and those that a task of the same preference takes that asks no library.
  static func run(holdingPool: Bool) -> (library: Int, ours: Int) {
    if holdingPool {
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { Task.detached { hold() } }
      Thread.sleep(forTimeInterval: 0.5)
    }
    func time(_ body: @escaping @Sendable () async -> Void) -> Int {
      let done = DispatchSemaphore(value: 0)
      let began = DispatchTime.now()
      Task.detached(executorPreference: OwnThreads.shared) {
        await body()
        done.signal()
      }
      done.wait()
      return Int((DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1_000_000)
    }
    let ours = time { await withTaskGroup(of: Void.self) { $0.addTask { hold(0.01) } } }
    let library = time { _ = try? await Subprocess.run(.name("true"), output: .discarded) }
    return (library, ours)
  }

  static func hold(_ seconds: Double = 4.5) { Thread.sleep(forTimeInterval: seconds) }

  static func main() {
    let (idle, held) = (run(holdingPool: false), run(holdingPool: true))
    print("pool idle: library \(idle.library) ms, child task \(idle.ours) ms")
    print("pool held: library \(held.library) ms, child task \(held.ours) ms")
    let asSeen = idle.library < 2000 && held.library > 3000 && held.ours < 2000
    print(asSeen ? "as seen" : "changed")
    exit(asSeen ? 0 : 1)
  }
}
SWIFT
swift --version 2>/dev/null | head -1
cd "$folder"
swift run -c release executor 2>/dev/null
