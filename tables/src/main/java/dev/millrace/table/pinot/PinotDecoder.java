package dev.millrace.table.pinot;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DescriptorSet;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.MessageFormat.Csv;
import dev.millrace.table.MessageFormat.Json;
import dev.millrace.table.MessageFormat.Protobuf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A decoder class of Pinot, known by its simple name: packages and old names differ.
 *
 * @param header the names of a line's values, in order; empty for formats that have names
 */
record PinotDecoder(MessageFormat format, List<String> header) {
  private static final String SUPPORTED =
      "JSONMessageDecoder, CSVMessageDecoder, SimpleAvroMessageDecoder, ProtoBufMessageDecoder";
  private static final String SCHEMA = "schema";
  private static final String STRIPPED = "leading.bytes.to.strip";
  private static final String DESCRIPTORS = "descriptorFile";
  private static final String MESSAGE = "protoClassName";
  private static final List<String> EXTRACTORS =
      List.of("recordExtractorClass", "recordExtractorConfigClass");

  boolean hasTextValues() {
    return format instanceof Json || format instanceof Csv;
  }

  boolean isCsv() {
    return format instanceof Csv;
  }

  /** Empty where an error was noted. */
  static Optional<PinotDecoder> of(StreamConfigs stream, Function<String, byte[]> siblings) {
    String name = stream.decoderClass().orElse("");
    Map<String, String> props = stream.decoderProps();
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "JSONMessageDecoder", "KafkaJSONMessageDecoder" -> {
        warnOthers(stream, List.of());
        yield Optional.of(new PinotDecoder(new Json(), List.of()));
      }
      case "CSVMessageDecoder" -> new CsvProps(stream, props).read();
      case "SimpleAvroMessageDecoder" -> avro(stream, props);
      case "ProtoBufMessageDecoder" -> protobuf(stream, props, siblings);
      default -> {
        stream.decoderError(
            (name.isEmpty() ? "this key is missing" : "'" + name + "' is not read here")
                + ". Supported, in any package: "
                + SUPPORTED);
        yield Optional.empty();
      }
    };
  }

  private static Optional<PinotDecoder> avro(StreamConfigs stream, Map<String, String> props) {
    warnOthers(stream, List.of(SCHEMA, STRIPPED));
    if (!props.containsKey(SCHEMA)) {
      stream.propError(SCHEMA, "this key is missing. It takes the Avro schema, as a text");
      return Optional.empty();
    }
    if (!props.getOrDefault(STRIPPED, "0").equals("0")) {
      stream.propError(STRIPPED, "messages with bytes before the Avro datum are not read here");
      return Optional.empty();
    }
    Avro format = new Avro(Optional.ofNullable(props.get(SCHEMA)), AvroEncoding.BINARY);
    return Optional.of(new PinotDecoder(format, List.of()));
  }

  private static Optional<PinotDecoder> protobuf(
      StreamConfigs stream, Map<String, String> props, Function<String, byte[]> siblings) {
    warnOthers(stream, List.of(DESCRIPTORS, MESSAGE));
    Optional<String> file = Optional.ofNullable(props.get(DESCRIPTORS));
    Optional<String> type = Optional.ofNullable(props.get(MESSAGE));
    if (file.isEmpty()) {
      stream.propError(DESCRIPTORS, "this key is missing. It takes the descriptor file");
    }
    if (type.isEmpty()) {
      stream.propError(MESSAGE, "this key is missing. It takes the message's full name");
    }
    if (file.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    return descriptors(stream, file.get(), siblings)
        .map(set -> new PinotDecoder(new Protobuf(set, type.get()), List.of()));
  }

  /** Pinot's path is one of its servers; here the file of that name lies beside the config. */
  private static Optional<DescriptorSet> descriptors(
      StreamConfigs stream, String path, Function<String, byte[]> siblings) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    try {
      return Optional.of(new DescriptorSet(siblings.apply(name)));
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.DEFINITION) {
        throw e;
      }
      stream.propError(
          DESCRIPTORS, e.getMessage() + " (the file '" + name + "' belongs beside this config)");
      return Optional.empty();
    }
  }

  static void warnOthers(StreamConfigs stream, List<String> known) {
    for (String prop : stream.decoderProps().keySet()) {
      if (!known.contains(prop) && !EXTRACTORS.contains(prop)) {
        stream.propWarning(prop, "it has no effect here");
      }
    }
  }
}
