import Foundation

/// Batch and ECS.
extension SampleAccount {
  func batch(_ request: FakeRequest) -> FakeAnswer {
    let body = members(request)
    switch request.operation.lowercased() {
    case "describejobqueues": return whole("jobQueues")
    case "describecomputeenvironments": return whole("computeEnvironments")
    case "describejobdefinitions": return whole("jobDefinitions")
    case "describejobs": return found("jobs", body["jobs"] as? [String] ?? [])
    case "listjobs": return listJobs(body)
    default: return .error("ClientException", "unknown", status: 400, for: request)
    }
  }

  func ecs(_ request: FakeRequest) -> FakeAnswer {
    let body = members(request)
    let cluster = (body["cluster"] as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
    switch request.operation {
    case "DescribeContainerInstances":
      return found("containerInstances", body["containerInstances"] as? [String] ?? [], reports: true)
    case "DescribeTasks": return found("tasks", body["tasks"] as? [String] ?? [], reports: true)
    case "ListContainerInstances":
      // Without a status, everything but INACTIVE.
      let status = body["status"] as? String
      return arns("containerInstances", "containerInstanceArns", of: cluster, body) {
        status == nil ? $0.facets["status"] != "INACTIVE" : $0.facets["status"] == status
      }
    case "ListTasks":
      let stopped = body["desiredStatus"] as? String == "STOPPED"
      return arns("tasks", "taskArns", of: cluster, body) { ($0.facets["lastStatus"] == "STOPPED") == stopped }
    default: return .error("ClientException", "unknown", status: 400, for: request)
    }
  }

  /// Children of arrays and multi-node jobs are not listed; with a filter jobs of every status are, newest first.
  private func listJobs(_ body: [String: Any]) -> FakeAnswer {
    let queue = body["jobQueue"] as? String ?? ""
    var jobs = jobsOfQueue[queue] ?? []
    var limit = 1000
    if let filter = (body["filters"] as? [[String: Any]])?.first {
      limit = 100
      let after = Int64((filter["values"] as? [String])?.first ?? "") ?? 0
      jobs = jobs.filter { $0.created > after }
    } else {
      let status = body["jobStatus"] as? String ?? "RUNNING"
      jobs = jobs.filter { $0.facets["status"] == status }
    }
    let size = min(body["maxResults"] as? Int ?? limit, limit)
    let (items, next) = page(jobs, after: body["nextToken"] as? String, size: size)
    let summaries = items.map { job in
      var text = "{\"jobId\":\"\(job.id)\",\"status\":\"\(job.facets["status"] ?? "")\",\"createdAt\":\(job.created)"
      if let stopped = job.facets["stoppedAt"] { text += ",\"stoppedAt\":\(stopped)" }
      if let size = job.facets["size"] { text += ",\"arrayProperties\":{\"size\":\(size)}" }
      if let nodes = job.facets["nodes"] { text += ",\"nodeProperties\":{\"numNodes\":\(nodes)}" }
      return text + "}"
    }
    return .json("{\"jobSummaryList\":[\(summaries.joined(separator: ","))],\"nextToken\":\"\(next)\"}")
  }

  private func members(_ request: FakeRequest) -> [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
  }

  private func whole(_ list: String) -> FakeAnswer {
    .json("{\"\(list)\":[\((lists[list] ?? []).map(\.json).joined(separator: ","))]}")
  }

  /// The ones that exist; ECS reports the others as failures.
  private func found(_ list: String, _ ids: [String], reports: Bool = false) -> FakeAnswer {
    let items = ids.compactMap { byID[list]?[$0]?.json }
    let missing = ids.filter { byID[list]?[$0] == nil }.map { "{\"arn\":\"\($0)\",\"reason\":\"MISSING\"}" }
    let failures = reports ? ",\"failures\":[\(missing.joined(separator: ","))]" : ""
    return .json("{\"\(list)\":[\(items.joined(separator: ","))]\(failures)}")
  }

  private func arns(
    _ list: String, _ member: String, of cluster: String, _ body: [String: Any], _ isWanted: (Item) -> Bool
  ) -> FakeAnswer {
    let all = (lists[list] ?? []).filter { $0.facets["cluster"] == cluster && isWanted($0) }.map(\.id)
    let (items, next) = page(all, after: body["nextToken"] as? String, size: 100)
    return .json("{\"\(member)\":[\(items.map { "\"\($0)\"" }.joined(separator: ","))],\"nextToken\":\"\(next)\"}")
  }
}
