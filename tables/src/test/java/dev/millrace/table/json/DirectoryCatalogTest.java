package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.Compression;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCatalogTest {
  @TempDir Path directory;

  private void write(String file, String json) throws IOException {
    Files.writeString(directory.resolve(file), json);
  }

  private Definitions load() {
    return JsonCatalog.ofDirectory(directory).load();
  }

  private List<String> problems() {
    String prefix = directory + "/";
    return load().problems().stream().map(p -> p.toString().replace(prefix, "")).toList();
  }

  private static String table(String name, String fields) {
    return """
        {"tableName": "%s", "streamName": "s",
         "message": {"dataFormat": "json", "fields": [%s]}}"""
        .formatted(name, fields);
  }

  /** The one problem of a definition with this one field. */
  private String fieldProblem(String field) throws IOException {
    write("t.json", table("t", field));
    List<String> problems = problems();
    assertThat(problems).hasSize(1);
    String prefix = "t.json, message.fields[0].";
    assertThat(problems.get(0)).startsWith(prefix);
    return problems.get(0).substring(prefix.length());
  }

  @Test
  void everyKey_isRead() throws IOException {
    write(
        "orders.json",
        """
        {
          "tableName": "Orders",
          "schemaName": "Shop",
          "streamName": "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
          "message": {
            "dataFormat": "JSON",
            "compressionCodec": "gzip",
            "fields": [
              {"name": "id", "type": "bigint"},
              {"name": "at", "type": "TIMESTAMP(3) WITH TIME ZONE", "mapping": "a/b[0]",
               "dataFormat": "custom-date-time", "formatHint": "yyyy-MM-dd", "comment": "when",
               "hidden": true}
            ]
          }
        }
        """);
    Definitions definitions = load();
    assertThat(definitions.problems()).isEmpty();
    TableDefinition table = definitions.tables().get(0);
    assertThat(table.name()).isEqualTo(new TableName("shop", "orders"));
    assertThat(table.stream().name()).isEqualTo("orders");
    assertThat(table.stream().arn()).isPresent();
    assertThat(table.message().format()).isEqualTo(new MessageFormat.Json());
    assertThat(table.message().compression()).isEqualTo(Compression.GZIP);
    assertThat(table.columns().get(1))
        .isEqualTo(
            new Column(
                "at",
                new ColumnType.TimestampWithTimeZone(3),
                Column.Origin.MESSAGE,
                Optional.of("a/b[0]"),
                Optional.of("custom-date-time"),
                Optional.of("yyyy-MM-dd"),
                Optional.of("when"),
                true));
  }

  @Test
  void missingDirectory_isOneClearProblem() {
    Path missing = directory.resolve("nowhere");
    assertThat(JsonCatalog.ofDirectory(missing).load().problems())
        .extracting(DefinitionProblem::toString)
        .containsExactly(
            missing
                + ": there is no such directory. Create it with one JSON file for each table, or"
                + " name another directory");
  }

  @Test
  void fileInPlaceOfADirectory_isAProblem() throws IOException {
    write("x.json", "{}");
    assertThat(JsonCatalog.ofDirectory(directory.resolve("x.json")).load().problems())
        .singleElement()
        .asString()
        .contains("this is not a directory");
  }

  @Test
  void tables_comeInTheOrderOfTheirFiles() throws IOException {
    write("b.json", table("two", ""));
    write("a.json", table("one", ""));
    write("c.txt", "not a definition");
    Files.createDirectory(directory.resolve("d.json"));
    assertThat(load().tables()).extracting(t -> t.name().table()).containsExactly("one", "two");
    assertThat(problems()).isEmpty();
  }

  @Test
  void definitionThatIsDeleted_disappears() throws IOException {
    write("a.json", table("one", ""));
    JsonCatalog catalog = JsonCatalog.ofDirectory(directory);
    assertThat(catalog.load().tables()).hasSize(1);
    Files.delete(directory.resolve("a.json"));
    assertThat(catalog.load().tables()).isEmpty();
  }

  @Test
  void oneBadFile_hidesNoOther() throws IOException {
    write("a.json", "{\"tableName\": \"one\",\n  \"streamName\" \"s\"}");
    write("b.json", table("two", ""));
    write("c.json", "");
    assertThat(load().tables()).extracting(t -> t.name().table()).containsExactly("two");
    assertThat(problems()).hasSize(2);
    assertThat(problems().get(0)).startsWith("a.json: the JSON is broken at line 2, column 16: ");
    assertThat(problems().get(1)).startsWith("c.json: ");
  }

  @Test
  void jsonAfterTheObjectOrKeyGivenTwice_isBroken() throws IOException {
    write("a.json", table("one", "") + "}");
    write("b.json", "{\"tableName\": \"x\", \"tableName\": \"y\", \"streamName\": \"s\"}");
    write("c.json", "[]");
    assertThat(problems().get(0)).startsWith("a.json: the JSON is broken at line 2, ");
    assertThat(problems().get(1)).contains("line 1").contains("tableName");
    assertThat(problems().get(2)).startsWith("c.json: a definition is one JSON object");
  }

  @Test
  void fileThatIsNotUtf8_isAProblem() throws IOException {
    Files.write(
        directory.resolve("a.json"),
        "{\"tableName\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems()).singleElement().asString().startsWith("a.json: the JSON is broken");
  }

  @Test
  void allProblemsOfAFile_areFoundAtOnce() throws IOException {
    write(
        "t.json",
        """
        {
          "streamName": "arn:aws:s3:::bucket",
          "message": {
            "dataFormat": "jsn",
            "compressionCodec": "ZIP",
            "fields": [{"name": "a", "type": "BIGNT"}, {"type": "DATE", "hidden": "yes"}, 5]
          }
        }
        """);
    assertThat(load().tables()).isEmpty();
    assertThat(load().problems())
        .extracting(DefinitionProblem::place)
        .containsExactlyInAnyOrder(
            "tableName",
            "streamName",
            "message.dataFormat",
            "message.compressionCodec",
            "message.fields[2]",
            "message.fields[0].type",
            "message.fields[1].name",
            "message.fields[1].hidden");
    assertThat(problems())
        .contains(
            "t.json, tableName: this key is missing. It takes: text",
            "t.json, message.dataFormat: 'jsn' is not a message format. Did you mean 'json'?"
                + " Allowed: json, csv, raw, avro, protobuf, text, dummy",
            "t.json, message.fields[1].hidden: \"yes\" is not true or false",
            "t.json, message.fields[2]: 5 is not an object; write { … }");
  }

  @Test
  void unknownKey_isAWarningThatNamesTheNearestOne() throws IOException {
    write(
        "t.json",
        """
        {"tableName": "t", "streamName": "s", "comment": "an old file",
         "message": {"dataFormat": "json", "decoderOptions": {}, "fields": [
           {"name": "a", "type": "DATE", "maping": "x"}]}}
        """);
    assertThat(load().tables()).hasSize(1);
    assertThat(load().problems())
        .extracting(DefinitionProblem::severity)
        .containsOnly(Severity.WARNING);
    assertThat(problems())
        .containsExactly(
            "t.json, comment: this key is not known and has no effect."
                + " Did you mean 'message.fields[].comment'?"
                + " Known here: $schema, tableName, schemaName, streamName, region, endpoint, roleArn,"
                + " externalId, roleSessionName, start, partitionKeys, message",
            "t.json, message.decoderOptions: this key is not known and has no effect."
                + " Did you mean 'message.options'?"
                + " Known here: dataFormat, compressionCodec, envelopes, options, onBad, fields",
            "t.json, message.fields[0].maping: this key is not known and has no effect."
                + " Did you mean 'mapping'?"
                + " Known here: name, type, mapping, dataFormat, formatHint, in, comment, hidden");
  }

  @Test
  void columnWithTheNameOfAMetadataColumn_isAWarning() throws IOException {
    write(
        "t.json",
        """
        {"tableName": "t", "streamName": "s", "message": {"dataFormat": "json", "fields": [
          {"name": "_Timestamp", "type": "BIGINT"}]}}
        """);
    assertThat(load().tables()).hasSize(1);
    assertThat(problems())
        .containsExactly(
            "t.json, message.fields[0].name: '_Timestamp' is a metadata column's name, too, which"
                + " this column hides. Take another name to have both");
  }

  @Test
  void tableDefinedTwice_isAnErrorThatNamesTheFirst() throws IOException {
    write("a.json", table("t", ""));
    write("b.json", table("T", ""));
    assertThat(load().tables()).hasSize(1);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("b.json, tableName: the table default.t is defined in a.json already");
  }

  @Test
  void columnDefinedTwice_isAnError() throws IOException {
    write(
        "t.json",
        table("t", "{\"name\": \"a\", \"type\": \"DATE\"}, {\"name\": \"A\", \"type\": \"DATE\"}"));
    assertThat(problems())
        .containsExactly(
            "t.json, message.fields[1].name: there is a column 'A' already;"
                + " names compare without regard to case");
  }

  @Test
  void messageThatIsMissingOrDummy_makesATableOfMetadataColumns() throws IOException {
    write("a.json", "{\"tableName\": \"one\", \"streamName\": \"s\"}");
    write(
        "b.json",
        """
        {"tableName": "two", "streamName": "s", "message": {"dataFormat": "dummy",
         "fields": [{"name": "a", "type": "DATE"}]}}""");
    assertThat(load().tables())
        .allMatch(t -> t.columns().isEmpty() && t.message().equals(MessageDefinition.NONE));
    assertThat(problems())
        .containsExactly(
            "b.json, message.fields: the format dummy has no columns: these fields have no effect."
                + " Use another format to read them");
  }

  @Test
  void fieldsMissing_isAnError() throws IOException {
    write(
        "t.json",
        "{\"tableName\":\"t\",\"streamName\":\"s\",\"message\":{\"dataFormat\":\"json\"}}");
    assertThat(problems())
        .containsExactly("t.json, message.fields: this key is missing. It takes: list of fields");
  }

  @Test
  void wrongNestedType_isAnErrorThatNamesThePlace() throws IOException {
    assertThat(fieldProblem("{\"name\": \"a\", \"type\": \"array(row(b strin))\"}"))
        .startsWith(
            "type: in 'array(row(b strin))', the element, the field b: 'strin' is not a type")
        .contains("Allowed: BOOLEAN, TINYINT,");
    assertThat(
            fieldProblem(
                "{\"name\": \"a\", \"type\": \"array(bigint)\", \"dataFormat\": \"rfc2822\"}"))
        .startsWith("dataFormat: 'rfc2822' cannot give a ARRAY(BIGINT)");
    assertThat(
            fieldProblem("{\"name\": \"a\", \"type\": \"array(date)\", \"dataFormat\": \"rfc\"}"))
        .startsWith("dataFormat: 'rfc' is not a time format");
  }

  @Test
  void wrongMapping_isAnError() throws IOException {
    for (String mapping : List.of("a[", "a[x]", "a[0]b", "/", "a]b", "a[-1]")) {
      assertThat(
              fieldProblem(
                  "{\"name\": \"a\", \"type\": \"DATE\", \"mapping\": \"" + mapping + "\"}"))
          .isEqualTo(
              "mapping: '"
                  + mapping
                  + "' is not a path. Write names with slashes between, as in a/b or a/b[0]/c");
    }
    assertThat(fieldProblem("{\"name\": \"a\", \"type\": \"DATE\", \"mapping\": \"\"}"))
        .isEqualTo("mapping: the text is empty. Write a value or remove the key");
  }

  @Test
  void formatThatCannotGiveTheType_isAnError() throws IOException {
    assertThat(fieldProblem("{\"name\": \"a\", \"type\": \"DOUBLE\", \"dataFormat\": \"iso8601\"}"))
        .startsWith("dataFormat: 'iso8601' cannot give a DOUBLE: time formats are for DATE, TIME,");
    assertThat(fieldProblem("{\"name\": \"a\", \"type\": \"DATE\", \"dataFormat\": \"iso\"}"))
        .isEqualTo(
            "dataFormat: 'iso' is not a time format. Allowed: iso8601, rfc2822,"
                + " seconds-since-epoch, milliseconds-since-epoch, microseconds-since-epoch,"
                + " nanoseconds-since-epoch, milliseconds-or-iso8601, custom-date-time, java-date-time");
  }

  private String javaPattern(String type, String pattern) throws IOException {
    return fieldProblem(
        "{\"name\": \"a\", \"type\": \"%s\", \"dataFormat\": \"java-date-time\", \"formatHint\": \"%s\"}"
            .formatted(type, pattern));
  }

  @Test
  void wrongPattern_isAnError() throws IOException {
    assertThat(pattern("TIMESTAMP", "yyyy-MM-dd'T")).endsWith("a quote is not closed");
    assertThat(pattern("TIMESTAMP", "yyyy-MM-dd VV"))
        .contains("the pattern 'yyyy-MM-dd VV' cannot be used: the letter 'V' has no meaning here");
    assertThat(pattern("TIMESTAMP", "CCYY-MM-dd")).contains("the letter 'C'");
    assertThat(pattern("TIMESTAMP", "HH:mm")).contains("it has no year");
    assertThat(pattern("TIME", "yyyy")).contains("it has no hour");
    assertThat(pattern("TIMESTAMP", "yyyy-MM-dd mm:ss")).contains("but no hour");
    assertThat(javaPattern("TIMESTAMP", "yyyy-MM-dd {}"))
        .contains(
            "the pattern 'yyyy-MM-dd {}' cannot be used: Pattern includes reserved character");
    assertThat(javaPattern("TIMESTAMP", "HH:mm")).contains("it has no year");
    assertThat(javaPattern("TIME", "uuuu 'H'")).contains("it has no hour");
    assertThat(
            fieldProblem(
                "{\"name\": \"a\", \"type\": \"DATE\", \"dataFormat\": \"custom-date-time\"}"))
        .startsWith("formatHint: the format custom-date-time needs a pattern here");
    assertThat(fieldProblem("{\"name\": \"a\", \"type\": \"DATE\", \"formatHint\": \"yyyy\"}"))
        .startsWith("formatHint: a pattern needs \"dataFormat\": \"custom-date-time\"");
  }

  private String pattern(String type, String pattern) throws IOException {
    String problem =
        fieldProblem(
            "{\"name\": \"a\", \"type\": \"%s\", \"dataFormat\": \"custom-date-time\", \"formatHint\": \"%s\"}"
                .formatted(type, pattern));
    assertThat(problem).startsWith("formatHint: ");
    return problem;
  }

  @Test
  void rawMapping_isCheckedAgainstFormatAndType() throws IOException {
    assertThat(rawProblem("\"type\": \"BIGINT\", \"mapping\": \"a\""))
        .isEqualTo("mapping: 'a' is not start[:end]. Write byte offsets from 0, as in 4 or 4:12");
    assertThat(rawProblem("\"type\": \"BIGINT\", \"mapping\": \"0:8\", \"dataFormat\": \"INT\""))
        .isEqualTo(
            "mapping: '0:8' has 8 bytes, but the format INT takes 4. Write 0:4, or change dataFormat");
    assertThat(rawProblem("\"type\": \"VARCHAR\", \"mapping\": \"4:4\""))
        .contains("'4:4' is empty");
    assertThat(rawProblem("\"type\": \"BIGINT\", \"dataFormat\": \"DOUBLE\""))
        .isEqualTo("dataFormat: 'DOUBLE' cannot give a BIGINT. Allowed: BYTE, SHORT, INT, LONG");
    assertThat(rawProblem("\"type\": \"UUID\"")).startsWith("type: UUID cannot be read from a raw");
  }

  private String rawProblem(String keys) throws IOException {
    return fieldProblem("{\"name\": \"a\", " + keys + "}", "raw");
  }

  private String fieldProblem(String field, String format) throws IOException {
    write("t.json", table("t", field).replace("\"json\"", "\"" + format + "\""));
    assertThat(problems()).hasSize(1);
    return problems().get(0).substring("t.json, message.fields[0].".length());
  }

  @Test
  void linkToAFile_isRead() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("real")).resolve("t.json");
    Files.writeString(elsewhere, table("t", ""));
    Files.createSymbolicLink(directory.resolve("t.json"), elsewhere);
    assertThat(load().tables()).hasSize(1);
  }

  @Test
  void linkToNothing_isAProblem() throws IOException {
    Files.createSymbolicLink(directory.resolve("t.json"), directory.resolve("gone"));
    assertThat(problems())
        .containsExactly("t.json: the file cannot be read: what it links to is not there");
  }

  @Test
  void fileTooLarge_isNotRead() throws IOException {
    write("t.json", " ".repeat((8 << 20) + 1));
    assertThat(problems())
        .containsExactly("t.json: the file has 8388609 bytes; at most 8388608 are read");
  }
}
