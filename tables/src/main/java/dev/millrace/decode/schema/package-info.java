/** Schemas that are kept in a registry, which messages name by the id of a version. */
@NullMarked
package dev.millrace.decode.schema;

import org.jspecify.annotations.NullMarked;
