/**
 * From sampled records to a table definition: which envelopes are around the messages, what their
 * format is, and which columns of which types they have. A guess is kept only if the sample decodes
 * with it.
 */
@NullMarked
package dev.millrace.infer;

import org.jspecify.annotations.NullMarked;
