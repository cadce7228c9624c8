package dev.millrace.fuzz;

/**
 * A message.
 *
 * @param valid whether its rows must be whole
 */
@SuppressWarnings("ArrayRecordComponent") // It is never compared.
record Sample(byte[] bytes, boolean valid) {}
