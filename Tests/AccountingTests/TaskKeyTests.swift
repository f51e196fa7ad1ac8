import Testing

@testable import Accounting

@Suite struct TaskKeyTests {
  private func key(_ id: String) -> TaskKey { Array(id.utf8).withUnsafeBufferPointer { TaskKey($0) } }

  @Test("32 hexadecimal digits are two numbers of 16")
  func digits() {
    let key = key("0123456789abcdeffedcba9876543210")
    #expect(key.high == 0x0123_4567_89AB_CDEF)
    #expect(key.low == 0xFEDC_BA98_7654_3210)
  }

  @Test(
    "Ids that are none of that are told apart, from one another and from those that are",
    arguments: [
      // As a digit, the letter g would be 16, which is 10 in hexadecimal.
      ("0000000000000000000000000000000g", "00000000000000000000000000000010"),
      // With leading zeros both would be one number.
      ("1", "01"), ("0000000000000000000000000000001", "00000000000000000000000000000001"),
      ("3f2a8c1e-0001-4a5b-8c6d-7e8f90a1b2c3", "3f2a8c1e-0002-4a5b-8c6d-7e8f90a1b2c3"),
    ])
  func others(one: String, other: String) {
    #expect(key(one) != key(other))
  }
}
