/**
 * A Kinesis endpoint in one JVM: in-process for tests, behind {@code millrace emulator}, and inside
 * {@code millrace demo}. It depends on no other module, so that it can bear witness about them.
 *
 * <p>{@code http} carries requests, {@code wire} reads and writes them, {@code operation} answers
 * them, {@code stream} keeps the records, {@code limits} meters the shards.
 */
@NullMarked
package dev.millrace.emulator;

import org.jspecify.annotations.NullMarked;
