import ArgumentParser

/// What a script learns from the exit status; part of the command-line contract.
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case usage = 2
  /// Ran, and found something: `check`, `ledger check`, `doctor`.
  case found = 3
  /// Credentials or permission.
  case denied = 4

  var error: ExitCode { ExitCode(rawValue) }
}
