@NullMarked
package dev.millrace.decode.json;

import org.jspecify.annotations.NullMarked;
