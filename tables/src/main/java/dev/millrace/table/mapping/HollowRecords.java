package dev.millrace.table.mapping;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Records of Avro that hold records in no bytes. A schema of a page can say that there are 2^60 of
 * them in an empty message, and no length in the message bounds what reading it would cost.
 */
final class HollowRecords {
  private static final long MOST = 16;
  private static final long ENDLESS = Long.MAX_VALUE;
  private static final long SOLID = -1;
  private static final long LARGEST = 1L << 60;

  private final IdentityHashMap<Schema, Long> counts = new IdentityHashMap<>();

  private HollowRecords() {}

  /**
   * Checks each record of a schema.
   *
   * @throws MappingException where one always holds itself, or too many that take no bytes
   */
  static void check(Schema schema) {
    HollowRecords hollow = new HollowRecords();
    for (Schema record : records(schema)) {
      long count = hollow.in(record);
      if (count == ENDLESS) {
        throw new MappingException(
            "schema",
            "a record %s always holds another one, so it has no values. Make the field a union with null"
                .formatted(record.getFullName()));
      } else if (count > MOST) {
        throw new MappingException(
            "schema",
            "a record %s takes no bytes and holds %d records; allowed: %d. Give those inside a field"
                .formatted(record.getFullName(), count, MOST));
      }
    }
  }

  private static List<Schema> records(Schema root) {
    List<Schema> records = new ArrayList<>();
    Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Schema> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Schema schema = open.remove();
      switch (schema.getType()) {
        case ARRAY -> open.add(schema.getElementType());
        case MAP -> open.add(schema.getValueType());
        case UNION -> open.addAll(schema.getTypes());
        case RECORD -> {
          if (seen.add(schema)) {
            records.add(schema);
            schema.getFields().forEach(field -> open.add(field.schema()));
          }
        }
        default -> {}
      }
    }
    return records;
  }

  /** Records that a value holds if it takes no bytes; {@link #SOLID} if it takes some. */
  private long in(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> 0;
      case FIXED -> schema.getFixedSize() == 0 ? 0 : SOLID;
      case RECORD -> inRecord(schema);
      default -> SOLID;
    };
  }

  private long inRecord(Schema record) {
    Long known = counts.putIfAbsent(record, ENDLESS);
    if (known != null) {
      return known;
    }
    long held = 0;
    for (Schema.Field field : record.getFields()) {
      held = sum(held, withItself(field.schema()));
    }
    counts.put(record, held);
    return held;
  }

  private long withItself(Schema schema) {
    return sum(in(schema), schema.getType() == Schema.Type.RECORD ? 1 : 0);
  }

  /** The sum is cut: it is only shown. */
  private static long sum(long held, long more) {
    if (held == ENDLESS || more == ENDLESS) {
      return ENDLESS;
    }
    return held == SOLID || more == SOLID ? SOLID : Math.min(held + more, LARGEST);
  }
}
