#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser that is used again and again: its memory grows to the largest document seen.
typedef struct csimdjson_parser csimdjson_parser;

/// Bytes that must be readable after the end of a document; their content does not matter.
enum { csimdjson_padding = 64 };

/// The errors that a caller treats in ways of their own; others are only described.
enum {
  csimdjson_success = 0,
  csimdjson_error_capacity = -1,
  csimdjson_error_depth = -2,
  csimdjson_error_utf8 = -3,
  csimdjson_error_number = -4,
  csimdjson_error_control_character = -5,
  csimdjson_error_empty = -6,
  csimdjson_error_syntax = -7,
  csimdjson_error_memory = -8,
};

/// NULL where there is no memory.
csimdjson_parser *csimdjson_create(size_t maximum_bytes, size_t maximum_depth);
void csimdjson_destroy(csimdjson_parser *parser);

/// Parses one document and checks all of it, its UTF-8 included. The tape and the strings are valid until the next
/// call. Never reads beyond `length + csimdjson_padding`.
int csimdjson_parse(csimdjson_parser *parser, const uint8_t *bytes, size_t length);

/// simdjson's tape: a word a value, its kind in the top byte; arrays and objects hold the index after their end,
/// strings an offset into `csimdjson_strings`, numbers stand in the word that follows.
/// https://github.com/simdjson/simdjson/blob/master/doc/tape.md
const uint64_t *csimdjson_tape(const csimdjson_parser *parser);

/// Strings without their escapes: four bytes of length, the bytes, a zero.
const uint8_t *csimdjson_strings(const csimdjson_parser *parser);

/// A hash of bytes that is the same on every machine and in every run.
uint64_t csimdjson_hash(const uint8_t *bytes, size_t length, uint64_t seed);

#ifdef __cplusplus
}
#endif

#endif
