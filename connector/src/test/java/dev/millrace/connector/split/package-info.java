@NullMarked
package dev.millrace.connector.split;

import org.jspecify.annotations.NullMarked;
