import AWS

/// The exit status, for scripts; part of the command-line contract.
enum ExitStatus: Int32, Error {
  /// Success.
  case done = 0
  /// Failure: a file or a database that is missing or unreadable, the network or AWS; the message says which.
  case failed = 1
  /// The command line or a settings file is wrong: an unknown command, option, report, query, job or tag, a period without
  /// data, a value that cannot be. Nothing was done.
  case usage = 2
  /// The command ran and found a problem: a broken limit (`check`, `reconcile`), a sum that does not hold (`ledger
  /// check`), something missing (`doctor`).
  case found = 3
  /// AWS refused access: credentials or permissions.
  case denied = 4
}

extension ExitStatus {
  /// The status of an error on the way to AWS.
  init(_ error: AWSError) {
    self = error.concernsCredentials ? .denied : error.kind == .configuration ? .usage : .failed
  }
}
