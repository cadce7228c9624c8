/**
 * JSON by RFC 8259, strictly, straight from bytes: a scanner that says where values are and leaves
 * it to its caller which of them to decode. docs/decisions/0002-own-json-scanner.md says why.
 */
@NullMarked
package dev.millrace.decode.json;

import org.jspecify.annotations.NullMarked;
