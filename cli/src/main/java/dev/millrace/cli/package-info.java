/**
 * The {@code millrace} command: options, exit codes and what is printed where. Picocli's model is
 * the one declaration of every option; the help and the reference page come from it.
 */
@NullMarked
package dev.millrace.cli;

import org.jspecify.annotations.NullMarked;
