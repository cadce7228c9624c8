/**
 * The properties of a catalog and of a session, each declared once, with the old connectors' names.
 */
@NullMarked
package dev.millrace.connector.option;

import org.jspecify.annotations.NullMarked;
