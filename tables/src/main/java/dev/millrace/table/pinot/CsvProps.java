package dev.millrace.table.pinot;

import dev.millrace.table.MessageFormat.Csv;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The properties of Pinot's CSVMessageDecoder. */
final class CsvProps {
  private static final Csv MYSQL =
      new Csv('\t', Optional.empty(), Optional.of('\\'), Optional.of("\\N"), false);
  private static final List<String> KNOWN =
      List.of(
          "fileFormat",
          "header",
          "delimiter",
          "escapeCharacter",
          "nullStringValue",
          "skipHeader",
          "quoteCharacter",
          "multiValueDelimiter",
          "ignoreEmptyLines",
          "quoteMode",
          "recordSeparator");

  private final StreamConfigs stream;
  private final Map<String, String> props;

  CsvProps(StreamConfigs stream, Map<String, String> props) {
    this.stream = stream;
    this.props = props;
  }

  Optional<PinotDecoder> read() {
    PinotDecoder.warnOthers(stream, KNOWN);
    if (props.getOrDefault("skipHeader", "false").equalsIgnoreCase("true")) {
      stream.propError("skipHeader", "messages that begin with a header line are not read here");
      return Optional.empty();
    }
    Optional<String> header = prop("header");
    if (header.isEmpty()) {
      stream.propError(
          "header",
          "this key is missing: without it Pinot takes each message's first line for the names of"
              + " its values, which is not read here. It takes the names, in order, with the"
              + " delimiter between");
      return Optional.empty();
    }
    Csv format = format();
    return Optional.of(new PinotDecoder(format, names(header.get(), format.delimiter())));
  }

  private static List<String> names(String header, char delimiter) {
    return Arrays.stream(header.split(java.util.regex.Pattern.quote("" + delimiter), -1))
        .map(String::strip)
        .toList();
  }

  private Csv format() {
    Csv base =
        switch (props.getOrDefault("fileFormat", "").toUpperCase(Locale.ROOT)) {
          case "MYSQL" -> MYSQL;
          case "TDF" ->
              new Csv('\t', Csv.DEFAULT.quote(), Optional.empty(), Optional.empty(), false);
          default -> Csv.DEFAULT;
        };
    return new Csv(
        first("delimiter").orElse(base.delimiter()),
        first("quoteCharacter").or(base::quote),
        first("escapeCharacter").or(base::escape),
        prop("nullStringValue").or(base::nullText),
        false);
  }

  private Optional<Character> first(String name) {
    return prop(name).map(text -> text.charAt(0));
  }

  private Optional<String> prop(String name) {
    return Optional.ofNullable(props.get(name)).filter(text -> !text.isEmpty());
  }
}
