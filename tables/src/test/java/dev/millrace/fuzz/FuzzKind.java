package dev.millrace.fuzz;

import java.util.Locale;

/** What is fuzzed. */
enum FuzzKind {
  JSON,
  CSV,
  RAW,
  TEXT,
  AVRO,
  PROTOBUF;

  static FuzzKind of(long seed) {
    return new Dice(~seed).any(JSON, JSON, CSV, CSV, RAW, TEXT, AVRO, AVRO, PROTOBUF, PROTOBUF);
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a Glue header means something to the format. */
  boolean isNamed() {
    return this == AVRO || this == PROTOBUF;
  }

  Subject make(Dice dice, boolean named) {
    return switch (this) {
      case JSON -> new JsonSubject(dice);
      case CSV -> new CsvSubject(dice);
      case RAW -> new RawSubject(dice);
      case TEXT -> new TextSubject(dice);
      case AVRO -> new AvroSubject(dice, named);
      case PROTOBUF -> new ProtobufSubject(dice, named);
    };
  }
}
