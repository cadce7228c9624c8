@NullMarked
package dev.millrace.decode;

import org.jspecify.annotations.NullMarked;
