/**
 * The stream plugin of Apache Pinot, thin: {@link dev.millrace.pinot.KinesisConsumerFactory} wires
 * what the packages below it make.
 */
@NullMarked
package dev.millrace.pinot;

import org.jspecify.annotations.NullMarked;
