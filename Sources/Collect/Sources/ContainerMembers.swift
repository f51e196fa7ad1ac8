/// The members of a container that say what it is, what it reserves and how it ended, found in one pass.
struct ContainerMembers {
  var image, containerInstance, task, logStream, reason: JSONText?
  var exitCode: Int64?
  var requirements, vcpus, memory: JSONValue?
  var runtimePlatform, ephemeralStorage, fargate, command, environment: JSONValue?

  init(_ container: JSONValue) {
    for (key, value) in container.members {
      switch key {
      case "image": image = value.text
      case "containerInstanceArn": containerInstance = value.text
      case "taskArn": task = value.text
      case "logStreamName": logStream = value.text
      case "reason": reason = value.text
      case "exitCode": exitCode = value.integer
      case "resourceRequirements": requirements = value
      case "vcpus": vcpus = value
      case "memory": memory = value
      case "runtimePlatform": runtimePlatform = value
      case "ephemeralStorage": ephemeralStorage = value
      case "command": command = value
      case "environment": environment = value
      case "fargatePlatformConfiguration": fargate = value
      default: break
      }
    }
  }
}
