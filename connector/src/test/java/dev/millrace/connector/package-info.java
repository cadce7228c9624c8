@NullMarked
package dev.millrace.connector;

import org.jspecify.annotations.NullMarked;
