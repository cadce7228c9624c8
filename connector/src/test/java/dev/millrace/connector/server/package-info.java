/**
 * Engines as processes of their own, with a bundle of ours installed, for the tests and benchmarks
 * of every module that starts one.
 */
@NullMarked
package dev.millrace.connector.server;

import org.jspecify.annotations.NullMarked;
