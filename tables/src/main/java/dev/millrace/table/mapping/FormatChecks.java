package dev.millrace.table.mapping;

import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.Csv;
import dev.millrace.table.MessageFormat.Protobuf;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a format's own options, whatever the columns. */
public final class FormatChecks {
  private FormatChecks() {}

  /** Faults by the key in the format's options. */
  public static List<FieldFault> faults(MessageFormat format) {
    List<FieldFault> faults = new ArrayList<>();
    if (format instanceof Csv csv) {
      character("delimiter", csv.delimiter(), faults);
      csv.quote().ifPresent(c -> character("quote", c, faults));
      csv.escape().ifPresent(c -> character("escape", c, faults));
      if (csv.quote().filter(c -> c == csv.delimiter()).isPresent()) {
        faults.add(new FieldFault("quote", "it is the delimiter, too. Change one of them"));
      }
      if (csv.escape().filter(c -> c == csv.delimiter()).isPresent()) {
        faults.add(new FieldFault("escape", "it is the delimiter, too. Change one of them"));
      }
    }
    if (format instanceof Avro avro && avro.schema().isPresent()) {
      collect(() -> AvroSchemas.parse(avro.schema().get()), faults);
    }
    if (format instanceof Protobuf protobuf) {
      collect(() -> ProtobufTypes.find(protobuf), faults);
    }
    return faults;
  }

  private static void collect(Runnable check, List<FieldFault> faults) {
    try {
      check.run();
    } catch (MappingException e) {
      faults.add(e.fault());
    }
  }

  private static void character(String key, char c, List<FieldFault> faults) {
    if (c == 0 || c > 0x7E || c == '\n' || c == '\r') {
      faults.add(
          new FieldFault(
              key,
              "the character U+%04X cannot be used. Allowed: one ASCII character that is no line break"
                  .formatted((int) c)));
    }
  }
}
