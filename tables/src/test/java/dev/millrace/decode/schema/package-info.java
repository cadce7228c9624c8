@NullMarked
package dev.millrace.decode.schema;

import org.jspecify.annotations.NullMarked;
