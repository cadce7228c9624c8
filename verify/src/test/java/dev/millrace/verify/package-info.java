/**
 * Tests of the repository itself: the arrows between the modules, the documentation and its
 * commands, and the command as a user gets it.
 */
@NullMarked
package dev.millrace.verify;

import org.jspecify.annotations.NullMarked;
