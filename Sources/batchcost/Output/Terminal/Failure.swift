import ArgumentParser
import Configuration
import Foundation
import Replay
import Reporting
import Store

/// Why a command ended early.
struct Failure {
  /// Nil if it was already printed, or there is nothing to say.
  let message: String?
  let status: ExitStatus

  init(_ error: any Error) {
    switch error {
    case let status as ExitStatus: (message, self.status) = (nil, status)
    case is OutputEnded: (message, status) = (nil, .done)
    case let error as SettingError: (message, status) = ("Error: \(error)", .usage)
    case let error as any Unanswerable: (message, status) = ("Error: \(error)", .usage)
    case let error as ValidationError: (message, status) = ("Error: \(error.message)", .usage)
    case let error as StoreError where error.kind == .asked: (message, status) = ("Error: \(error)", .usage)
    case let error as UnknownReport: (message, status) = ("Error: \(error)", .usage)
    case let error as CocoaError: (message, status) = ("Error: \(Self.words(error))", .failed)
    default:
      switch Batchcost.exitCode(for: error) {
      case .success: (message, status) = (Batchcost.fullMessage(for: error), .done)
      case .validationFailure: (message, status) = (Batchcost.fullMessage(for: error), .usage)
      default: (message, status) = ("Error: \(error)", .failed)
      }
    }
  }

  /// Prints it. Help that was asked for is a result.
  func tell() -> ExitStatus {
    if let message {
      if status == .done { Console.result(message + "\n") } else { Console.message(message) }
    }
    return status
  }

  /// Foundation's own messages are for programmers.
  private static func words(_ error: CocoaError) -> String {
    let cause = error.underlying as NSError?
    let reason =
      cause?.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause?.code ?? 0))) : error.localizedDescription
    return ((error.filePath ?? error.url?.path).map { "\($0): " } ?? "") + reason
  }
}
