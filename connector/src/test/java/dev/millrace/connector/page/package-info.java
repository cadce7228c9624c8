@NullMarked
package dev.millrace.connector.page;

import org.jspecify.annotations.NullMarked;
