#include "CSimdJSON.h"

#include <cstring>
#include <memory>
#include <new>

#include <simdjson.h>

static_assert(csimdjson_padding >= simdjson::SIMDJSON_PADDING, "documents need more room at their end");

struct csimdjson_parser {
  simdjson::dom::parser parser;
  size_t maximum_depth;

  csimdjson_parser(size_t maximum_bytes, size_t depth) : parser(maximum_bytes), maximum_depth(depth) {}
};

csimdjson_parser *csimdjson_create(size_t maximum_bytes, size_t maximum_depth) {
  std::unique_ptr<csimdjson_parser> made(new (std::nothrow) csimdjson_parser(maximum_bytes, maximum_depth));
  if (!made || made->parser.allocate(1 << 16, maximum_depth)) return nullptr;
  return made.release();
}

void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

static int code_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::SUCCESS: return csimdjson_success;
    case simdjson::CAPACITY: return csimdjson_error_capacity;
    case simdjson::MEMALLOC: return csimdjson_error_memory;
    case simdjson::DEPTH_ERROR: return csimdjson_error_depth;
    case simdjson::UTF8_ERROR: return csimdjson_error_utf8;
    case simdjson::NUMBER_ERROR: return csimdjson_error_number;
    case simdjson::UNESCAPED_CHARS: return csimdjson_error_control_character;
    case simdjson::EMPTY: return csimdjson_error_empty;
    default: return csimdjson_error_syntax;
  }
}

int csimdjson_parse(csimdjson_parser *parser, const uint8_t *bytes, size_t length) {
  if (length > parser->parser.max_capacity()) return csimdjson_error_capacity;
  if (length > parser->parser.capacity()) {
    // Grown by halves, so that a file of ever longer documents does not allocate for each.
    size_t capacity = parser->parser.capacity();
    while (capacity < length) capacity += capacity / 2;
    if (capacity > parser->parser.max_capacity()) capacity = parser->parser.max_capacity();
    if (auto error = parser->parser.allocate(capacity, parser->maximum_depth)) return code_of(error);
  }
  return code_of(parser->parser.parse(bytes, length, false).error());
}

const uint64_t *csimdjson_tape(const csimdjson_parser *parser) { return parser->parser.doc.tape.get(); }

const uint8_t *csimdjson_strings(const csimdjson_parser *parser) { return parser->parser.doc.string_buf.get(); }

// After wyhash by Wang Yi (public domain): a 128-bit product a 16 bytes.
static inline uint64_t mix(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

static inline uint64_t word(const uint8_t *bytes) {
  uint64_t value;
  std::memcpy(&value, bytes, 8);
  return value;
}

uint64_t csimdjson_hash(const uint8_t *bytes, size_t length, uint64_t seed) {
  const uint64_t k0 = 0xa0761d6478bd642full, k1 = 0xe7037ed1a0b428dbull, k2 = 0x8ebc6af09c88c6e3ull;
  uint64_t state = mix(seed ^ k0, length ^ k1);
  if (length >= 256) {
    // Four products at a time, as each takes several cycles.
    uint64_t lanes[4] = {state, state ^ k0, state ^ k1, state ^ k2};
    for (; length >= 64; bytes += 64, length -= 64) {
      for (int lane = 0; lane < 4; lane++) {
        lanes[lane] = mix(word(bytes + 16 * lane) ^ k1, word(bytes + 16 * lane + 8) ^ lanes[lane]);
      }
    }
    state = mix(lanes[0] ^ k0, lanes[1]) ^ mix(lanes[2] ^ k2, lanes[3]);
  }
  while (length >= 16) {
    state = mix(word(bytes) ^ k1, word(bytes + 8) ^ state);
    bytes += 16;
    length -= 16;
  }
  uint8_t rest[16] = {0};
  if (length) std::memcpy(rest, bytes, length);
  return mix(word(rest) ^ k2, word(rest + 8) ^ mix(state, k1));
}
