/**
 * The small languages inside a definition's field: what {@code mapping}, {@code dataFormat} and
 * {@code formatHint} mean for each message format. A catalog checks them with it, a decoder is
 * compiled from it.
 */
@NullMarked
package dev.millrace.table.mapping;

import org.jspecify.annotations.NullMarked;
