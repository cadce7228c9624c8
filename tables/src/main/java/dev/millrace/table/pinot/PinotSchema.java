package dev.millrace.table.pinot;

import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.FieldFault;
import dev.millrace.table.mapping.TimeFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A schema's fields as the columns of messages. */
final class PinotSchema {
  static final List<String> LISTS =
      List.of("dimensionFieldSpecs", "metricFieldSpecs", "dateTimeFieldSpecs", "complexFieldSpecs");

  private static final String TYPES =
      "INT, LONG, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, TIMESTAMP, STRING, JSON, BYTES, UUID, MAP";

  /** Pinot's has no bounds; what does not fit is a bad value, not another one. */
  private static final ColumnType BIG_DECIMAL = new Decimal(38, 10);

  private static final ColumnType TIMESTAMP = new Timestamp(3);

  private final PinotObject schema;
  private final PinotObject config;
  private final PinotDecoder decoder;
  private final PinotTransforms transforms;
  private final Optional<String> timeColumn;
  private final Set<String> names = new HashSet<>();

  PinotSchema(PinotObject schema, PinotObject config, PinotDecoder decoder) {
    this.schema = schema;
    this.config = config;
    this.decoder = decoder;
    this.transforms = new PinotTransforms(config, schema);
    this.timeColumn =
        config.object("segmentsConfig").flatMap(segments -> segments.text("timeColumnName"));
  }

  List<Column> columns() {
    warnAboutRows();
    List<Column> columns = new ArrayList<>();
    for (String list : LISTS) {
      for (PinotObject field : schema.objects(list)) {
        column(field).ifPresent(columns::add);
      }
    }
    schema.object("timeFieldSpec").flatMap(this::oldTime).ifPresent(columns::add);
    return columns;
  }

  /** Which rows there are is up to the messages alone here. */
  private void warnAboutRows() {
    Optional<PinotObject> ingestion = config.object("ingestionConfig");
    ingestion
        .flatMap(i -> i.object("filterConfig"))
        .flatMap(filter -> filter.text("filterFunction"))
        .ifPresent(
            f ->
                config.warn(
                    "ingestionConfig.filterConfig", "it leaves out no rows here: use WHERE"));
    ingestion
        .flatMap(i -> i.object("complexTypeConfig"))
        .filter(complex -> !complex.node().path("fieldsToUnnest").isEmpty())
        .ifPresent(
            c ->
                config.warn(
                    "ingestionConfig.complexTypeConfig.fieldsToUnnest",
                    "a message makes one row here: use UNNEST"));
  }

  /** The form before dateTimeFieldSpecs: what comes in is read, whatever Pinot makes of it. */
  private Optional<Column> oldTime(PinotObject spec) {
    Optional<PinotObject> in = spec.object("incomingGranularitySpec");
    Optional<PinotObject> out = spec.object("outgoingGranularitySpec");
    if (out.isPresent() && in.isPresent() && !out.get().node().equals(in.get().node())) {
      schema.warn(
          "timeFieldSpec.outgoingGranularitySpec",
          "the time is not converted: the column holds what comes in");
    }
    return in.flatMap(this::column);
  }

  private Optional<Column> column(PinotObject field) {
    Optional<String> name = field.text("name");
    if (name.isEmpty()) {
      field.error("name", "this key is missing. It takes the column's name");
      return Optional.empty();
    }
    if (name.get().startsWith("$") || field.text("virtualColumnProvider").isPresent()) {
      return Optional.empty(); // Pinot makes it of its segments.
    }
    if (!names.add(name.get().toLowerCase(Locale.ROOT))) {
      field.error(
          "name",
          "there is a column '"
              + name.get()
              + "' already; names compare without regard to case here");
      return Optional.empty();
    }
    return type(field).flatMap(type -> column(field, name.get(), type));
  }

  private Optional<Column> column(PinotObject field, String name, ColumnType type) {
    Optional<String> mapping = mapping(field, name);
    if (decoder.isCsv() && mapping.isEmpty()) {
      return Optional.empty();
    }
    Column column =
        new Column(
            name,
            type,
            Origin.MESSAGE,
            mapping,
            type.equals(TIMESTAMP) && decoder.hasTextValues()
                ? Optional.of(TimeFormat.Standard.MILLISECONDS_OR_ISO8601.key())
                : Optional.empty(),
            Optional.empty(),
            comment(field, name),
            false);
    for (FieldFault fault : FieldChecks.faults(decoder.format(), column)) {
      field.error("name", fault.detail());
    }
    return Optional.of(column);
  }

  /** Where the value is: in the field of the column's own name, unless it is computed. */
  private Optional<String> mapping(PinotObject field, String name) {
    Optional<String> function = transforms.function(name);
    Optional<String> path = function.filter(f -> !decoder.isCsv()).flatMap(PinotTransforms::path);
    if (function.isPresent() && path.isEmpty()) {
      config.warn(
          "ingestionConfig",
          "column '"
              + name
              + "' is computed by Pinot as "
              + function.get()
              + ", which is not done here: it is the message's own field of that name, else NULL");
    }
    return decoder.isCsv() ? csvMapping(field, name) : path.or(() -> flattened(name));
  }

  private Optional<String> csvMapping(PinotObject field, String name) {
    int index = decoder.header().indexOf(name);
    if (index < 0) {
      field.warn("name", "the header has no '" + name + "': the column is left out");
      return Optional.empty();
    }
    return Optional.of(Integer.toString(index));
  }

  /** Pinot names the fields of inner objects with a delimiter where it is told to flatten them. */
  private Optional<String> flattened(String name) {
    return config
        .object("ingestionConfig")
        .flatMap(i -> i.object("complexTypeConfig"))
        .map(complex -> complex.text("delimiter").orElse("."))
        .filter(name::contains)
        .map(delimiter -> name.replace(delimiter, "/"));
  }

  private Optional<ColumnType> type(PinotObject field) {
    String written = field.text("dataType").orElse("STRING");
    Optional<ColumnType> type = type(written, field);
    if (type.isEmpty()) {
      field.error("dataType", "'" + written + "' is not a type of Pinot. Allowed: " + TYPES);
    }
    boolean several = field.text("singleValueField").filter("false"::equalsIgnoreCase).isPresent();
    if (several && decoder.isCsv()) {
      field.warn("singleValueField", "its values are one text here, with the delimiter between");
      return Optional.of(Plain.VARCHAR);
    }
    return several ? type.map(ColumnType.Array::new) : type;
  }

  private Optional<ColumnType> type(String written, PinotObject field) {
    return switch (written.toUpperCase(Locale.ROOT)) {
      case "INT" -> Optional.of(Plain.INTEGER);
      case "LONG" -> Optional.of(Plain.BIGINT);
      case "FLOAT" -> Optional.of(Plain.REAL);
      case "DOUBLE" -> Optional.of(Plain.DOUBLE);
      case "BIG_DECIMAL" -> Optional.of(BIG_DECIMAL);
      case "BOOLEAN" -> Optional.of(Plain.BOOLEAN);
      case "TIMESTAMP" -> Optional.of(TIMESTAMP);
      case "STRING" -> Optional.of(Plain.VARCHAR);
      // A text holds them in hexadecimal, which a column of bytes does not read.
      case "BYTES" -> Optional.of(decoder.hasTextValues() ? Plain.VARCHAR : Plain.VARBINARY);
      case "UUID" -> Optional.of(Plain.UUID);
      case "MAP" -> Optional.of(map(field).orElse(Plain.JSON));
      case "JSON", "STRUCT", "LIST", "OPEN_STRUCT" -> Optional.of(Plain.JSON);
      default -> Optional.empty();
    };
  }

  private Optional<ColumnType> map(PinotObject field) {
    return field
        .object("childFieldSpecs")
        .flatMap(children -> children.object("value"))
        .flatMap(value -> value.text("dataType").flatMap(type -> type(type, value)))
        .map(value -> new ColumnType.Map(Plain.VARCHAR, value));
  }

  private Optional<String> comment(PinotObject field, String name) {
    List<String> parts = new ArrayList<>();
    field.text("description").ifPresent(parts::add);
    field
        .text("format")
        .ifPresent(
            format -> {
              try {
                parts.add(PinotTime.describe(format));
              } catch (IllegalArgumentException e) {
                field.warn("format", String.valueOf(e.getMessage()));
              }
            });
    if (field.text("dataType").filter("BYTES"::equalsIgnoreCase).isPresent()
        && decoder.hasTextValues()) {
      parts.add("bytes in hexadecimal: unhex() gives them");
    }
    if (timeColumn.filter(name::equals).isPresent()) {
      parts.add("the table's time column");
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }
}
