/** HTTP/1.1 and HTTP/2: carries requests to the operations and their answers back. */
@NullMarked
package dev.millrace.emulator.http;

import org.jspecify.annotations.NullMarked;
