/** Requests and answers as the SDKs speak them: one set of fields, written as JSON or as CBOR. */
@NullMarked
package dev.millrace.emulator.wire;

import org.jspecify.annotations.NullMarked;
