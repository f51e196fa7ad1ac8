/// A task of Nextflow, by the script in its work directory that the job's command runs. With a job definition of one's
/// own (`job-definition://`), nothing else says that it is Nextflow's.
///
///     bash -o pipefail -c …; aws s3 cp --only-show-errors s3://work/ab/cdef01/.command.run - | bash 2>&1 | tee .command.log
///     /usr/bin/fusion bash /fusion/s3/work/ab/cdef01/.command.run
enum NextflowTask {
  private static let script = Array("/.command.run".utf8)

  static func add(command: JSONValue, to texts: inout TagText) {
    for word in command.elements {
      if let text = word.text, isOne(text.buffer) { return texts.add("nextflow.task", "true") }
    }
  }

  private static func isOne(_ command: UnsafeBufferPointer<UInt8>) -> Bool {
    guard command.count >= script.count else { return false }
    return (0...command.count - script.count).contains { start in
      command[start] == script[0] && command[start..<start + script.count].elementsEqual(script)
    }
  }
}
