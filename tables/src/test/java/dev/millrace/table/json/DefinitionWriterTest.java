package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionWriterTest {

  @Test
  void whatIsWritten_isReadAsTheSame() throws IOException {
    long seed = System.nanoTime();
    RandomDefinitions definitions = new RandomDefinitions(seed);
    for (int i = 0; i < 2000; i++) {
      TableDefinition table = definitions.next();
      String json = DefinitionWriter.write(table);
      List<DefinitionProblem> problems = new ArrayList<>();
      Optional<TableDefinition> read =
          new DefinitionReader(RandomDefinitions.SOURCE, name -> new byte[0], problems)
              .read(json.getBytes(StandardCharsets.UTF_8));
      assertThat(problems).as("seed %d, round %d: %s", seed, i, json).isEmpty();
      assertThat(read).as("seed %d, round %d: %s", seed, i, json).contains(table);
    }
  }

  @Test
  void text_hasKeysInOrderAndALineForEachField() {
    Column at =
        Column.named("at", new ColumnType.Timestamp(3))
            .withMapping("time")
            .withDataFormat("milliseconds-since-epoch");
    MessageDefinition message =
        MessageDefinition.of(
                new MessageFormat.Csv(
                    '\t', Optional.empty(), Optional.empty(), Optional.of("NULL"), false),
                List.of(Column.named("id", Plain.BIGINT), at))
            .withCompression(Compression.GZIP)
            .withEnvelopes(
                new Envelope.JsonWrapper(Optional.empty(), Optional.of("body")),
                new Envelope.Lines());
    assertThat(
            DefinitionWriter.write(
                TableDefinition.of(
                    new TableName("shop", "orders"), StreamRef.parse("s"), message, "")))
        .isEqualTo(
            """
            {
              "tableName": "orders",
              "schemaName": "shop",
              "streamName": "s",
              "message": {
                "dataFormat": "csv",
                "compressionCodec": "GZIP",
                "envelopes": [
                  {"type": "json", "message": "body"},
                  "lines"
                ],
                "options": {"delimiter": "tab", "quote": "", "null": "NULL"},
                "fields": [
                  {"name": "id", "type": "BIGINT"},
                  {"name": "at", "type": "TIMESTAMP(3)", "mapping": "time", "dataFormat": "milliseconds-since-epoch"}
                ]
              }
            }
            """);
  }

  @Test
  void defaultsAndCredentials_areNotWritten() {
    StreamAccess access =
        new StreamAccess(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new StreamAccess.Keys("AKIA", "hidden", Optional.empty())));
    assertThat(
            DefinitionWriter.write(
                new TableDefinition(
                    new TableName("default", "t"),
                    StreamRef.parse("s"),
                    access,
                    Optional.empty(),
                    MessageDefinition.NONE,
                    "")))
        .isEqualTo("{\n  \"tableName\": \"t\",\n  \"streamName\": \"s\"\n}\n");
  }
}
