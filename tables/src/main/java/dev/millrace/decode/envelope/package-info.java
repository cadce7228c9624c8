/** What wraps messages: opened from the outside in, with bounds on what a record may become. */
@NullMarked
package dev.millrace.decode.envelope;

import org.jspecify.annotations.NullMarked;
