@testable import AWS

/// AWS's answers, and its configuration files.
let awsTargets = [
  FuzzTarget(name: "xml") { bytes in
    let body = Array(bytes)
    for operation in ["DescribeInstances", "DescribeVolumes", "AssumeRole", "ListObjectsV2"] {
      guard let json = XMLAnswers.json(operation, body) else { return }
      precondition(String(validating: json, as: UTF8.self) != nil, "an answer that is not UTF-8")
    }
  },
  FuzzTarget(name: "failures") { bytes in
    _ = ServiceFailure(HTTPResponse(status: 400, headers: [], body: Array(bytes)))
  },
  FuzzTarget(name: "ini") { bytes in
    guard let file = try? INIFile(bytes.text) else { return }
    let config = SharedConfig(config: file, credentials: file)
    for section in file.sections { _ = try? config.profile(section.name, askedFor: "f") }
  },
  FuzzTarget(name: "scanner") { bytes in
    _ = try? JSONScanner.strings(["nextToken", "NextToken"], in: Array(bytes))
    _ = CredentialDocument(json: Array(bytes))
  },
  FuzzTarget(name: "words") { bytes in _ = CommandLineWords.split(bytes.text) },
  FuzzTarget(name: "dates") { bytes in
    let text = bytes.text
    _ = HTTPDate.parse(text)
    if let date = UTC.parseISO8601(text) { _ = UTC.formatISO8601(date) }
  },
]
