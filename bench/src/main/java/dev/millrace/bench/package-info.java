/** Benchmarks beside peers; dated results are in {@code bench/results}. */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
