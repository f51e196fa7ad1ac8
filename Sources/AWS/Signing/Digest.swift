import COpenSSL

/// The two primitives of AWS signatures, from OpenSSL.
package enum Digest {
  /// SHA-256 of `bytes`: 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { output, count in
      _ = SHA256(bytes, bytes.count, output.baseAddress)
      count = Int(SHA256_DIGEST_LENGTH)
    }
  }

  /// SHA-1 of `bytes`: 20 bytes. Only used to name the files of the IAM Identity Center token cache.
  package static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(SHA_DIGEST_LENGTH)) { output, count in
      _ = SHA1(bytes, bytes.count, output.baseAddress)
      count = Int(SHA_DIGEST_LENGTH)
    }
  }

  /// HMAC-SHA-256 of `text` under `key`: 32 bytes.
  package static func hmac(_ text: String, key: [UInt8]) -> [UInt8] {
    let message = Array(text.utf8)
    return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { output, count in
      _ = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, output.baseAddress, nil)
      count = Int(SHA256_DIGEST_LENGTH)
    }
  }

  /// Lower-case hexadecimal.
  package static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
