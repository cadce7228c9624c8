/**
 * The kinesis connector of Presto. It translates: types, conditions, handles and pages go across
 * here, and {@code dev.millrace.connector} thinks.
 */
@NullMarked
package dev.millrace.presto;

import org.jspecify.annotations.NullMarked;
