/** The reader's metrics as Micrometer meters, for whoever runs a home of streams in a service. */
@NullMarked
package dev.millrace.micrometer;

import org.jspecify.annotations.NullMarked;
