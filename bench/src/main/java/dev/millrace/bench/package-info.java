/**
 * Benchmarks beside peers. Each is a {@code main} that prints ratios measured in one run; {@code
 * bench/README.md} has the commands and {@code bench/results} the dated figures.
 */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
