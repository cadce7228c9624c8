/** What a table's stream configs say: every key is declared once, read once, and on one page. */
@NullMarked
package dev.millrace.pinot.config;

import org.jspecify.annotations.NullMarked;
