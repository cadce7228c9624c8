/** Rows as text: a table for people, JSON and CSV for programs. */
@NullMarked
package dev.millrace.cli.output;

import org.jspecify.annotations.NullMarked;
