import Store

/// The columns of `job` that are collected.
enum JobColumn: Int32, TableColumns {
  case jobId, accountRegion, name, kind, parent, childIndex, jobQueue, jobDefinition, status, statusReason, createdAtMs,
    startedAtMs, stoppedAtMs, platform, architecture, operatingSystem, ephemeralGib, size, shareIdentifier,
    schedulingPriority,
    tagSet, retryAttempts, timeoutSeconds, cancelled, terminated, image, parameters, propagateTags, attempts, progress,
    digest

  static let table = "job"
}

/// The columns of `attempt`: a page has those of the attempt itself; the writer adds those repeated from its job.
enum AttemptColumn: Int32, TableColumns {
  case ordinal, startedAtMs, stoppedAtMs, milliVcpus, memoryMib, gpus, containerInstance, exitCode, taskId, instanceId,
    statusReason, containerReason, node, eksCluster
  case id, job, kind, platform, parent, jobQueue, jobDefinition, tagSet

  static let table = "attempt"
}
