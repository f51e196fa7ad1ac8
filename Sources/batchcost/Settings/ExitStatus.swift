import AWS

/// What a script learns from the exit status; part of the command-line contract.
enum ExitStatus: Int32, Error {
  case done = 0
  case failed = 1
  /// The command line or a file of settings is wrong; nothing was done.
  case usage = 2
  /// Ran, and found something: `check`, `ledger check`, `doctor`.
  case found = 3
  /// Credentials or permission.
  case denied = 4
}

extension ExitStatus {
  /// Of a failure on the way to AWS.
  init(_ error: AWSError) {
    self = error.concernsCredentials ? .denied : error.kind == .configuration ? .usage : .failed
  }
}
