package dev.millrace.infer;

import dev.millrace.stream.SequenceNumber;

/**
 * Something that some of the sample is and the rest is not.
 *
 * @param subject the column, or what else it is about, such as {@code messages}
 * @param detail how much is what, without a value
 * @param outcome what the definition makes of it
 * @param example a value of the lesser part, shortened; empty where there is none to show
 * @param record the sequence number of a record where the lesser part is
 */
public record Conflict(
    String subject, String detail, String outcome, String example, SequenceNumber record) {}
