import AWS

/// What a script learns from the exit status; part of the command-line contract.
enum ExitStatus: Int32, Error {
  /// Done.
  case done = 0
  /// Failed: a file, a database, the network or AWS; the message says which.
  case failed = 1
  /// The command line or a file of settings is wrong; nothing was done.
  case usage = 2
  /// Ran, and found something: a broken limit (`check`, `reconcile`), a sum that does not hold (`ledger check`), something missing
  /// (`doctor`).
  case found = 3
  /// AWS refused: credentials or permission.
  case denied = 4
}

extension ExitStatus {
  /// Of a failure on the way to AWS.
  init(_ error: AWSError) {
    self = error.concernsCredentials ? .denied : error.kind == .configuration ? .usage : .failed
  }
}
