package dev.millrace.infer;

import dev.millrace.table.TableDefinition;

/** A definition that reads the sample it was made from, and what there is to say about it. */
public record Inferred(TableDefinition definition, InferenceReport report) {}
