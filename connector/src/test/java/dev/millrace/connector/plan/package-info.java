@NullMarked
package dev.millrace.connector.plan;

import org.jspecify.annotations.NullMarked;
