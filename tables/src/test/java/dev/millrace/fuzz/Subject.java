package dev.millrace.fuzz;

import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.table.Column;
import dev.millrace.table.MessageFormat;
import java.util.List;
import java.util.UUID;

/** A format with columns, and a writer of messages that is not our own. */
interface Subject {
  MessageFormat format();

  List<Column> columns();

  Content content();

  Sample message(Dice dice);

  /** Where the Glue headers' versions are found. */
  default SchemaRegistry registry() {
    return SchemaRegistry.NONE;
  }

  /** The version that the header of the message made last has to name. */
  default UUID version(Dice dice) {
    return new UUID(dice.below(3), 0);
  }
}
