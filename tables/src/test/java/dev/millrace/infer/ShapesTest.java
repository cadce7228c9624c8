package dev.millrace.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Definitions;
import dev.millrace.table.json.DefinitionWriter;
import dev.millrace.table.json.JsonCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples' sample records: what they are, and that a definition of them reads them all. */
class ShapesTest {
  private static final Path RECORDS =
      Path.of(System.getProperty("millrace.root", ".."), "examples", "records");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cloudwatch-logs.jsonl      | gzip  | 3 | text in CloudWatch Logs in gzip          | log_group VARCHAR; logged_at TIMESTAMP(3) WITH TIME ZONE; message VARCHAR
          vpc-flow-logs.jsonl        | gzip  | 2 | space-separated values in CloudWatch Logs in gzip | interface_id VARCHAR; bytes BIGINT; end_time TIMESTAMP(3) WITH TIME ZONE
          dynamodb-changes.jsonl     | plain | 3 | JSON in DynamoDB JSON                    | event_id UUID; dynamodb_approximate_creation_date_time TIMESTAMP(3) WITH TIME ZONE; dynamodb_keys_order_id VARCHAR; dynamodb_new_image_total DOUBLE; dynamodb_new_image_tags ARRAY(VARCHAR)
          dms-changes.jsonl          | plain | 3 | JSON                                     | data_order_id BIGINT; metadata_timestamp TIMESTAMP(6) WITH TIME ZONE; metadata_record_type VARCHAR
          debezium.jsonl             | plain | 3 | JSON                                     | op VARCHAR; ts_ms TIMESTAMP(3) WITH TIME ZONE; after_order_id BIGINT
          debezium-with-schema.jsonl | plain | 3 | JSON in a JSON wrapper                   | op VARCHAR; ts_ms TIMESTAMP(3) WITH TIME ZONE; after_order_id BIGINT
          segment-events.jsonl       | plain | 2 | JSON                                     | anonymous_id UUID; received_at TIMESTAMP(3) WITH TIME ZONE; type VARCHAR
          connect-contacts.jsonl     | plain | 3 | JSON                                     | contact_id UUID; agent_username VARCHAR; last_update_timestamp TIMESTAMP(3) WITH TIME ZONE
          aurora-activity.jsonl      | plain | 1 | JSON                                     | type VARCHAR; database_activity_events VARCHAR
          github-events.jsonl        | plain | 2 | JSON                                     | id VARCHAR; public BOOLEAN; repo_id BIGINT; created_at TIMESTAMP(3) WITH TIME ZONE
          eventbridge-events.jsonl   | zlib  | 1 | JSON in zlib                             | detail_type VARCHAR; time TIMESTAMP(3) WITH TIME ZONE; resources ARRAY(VARCHAR)
          firehose-lines.jsonl       | plain | 5 | JSON in JSON lines                       | id BIGINT; price DOUBLE; sold_at TIMESTAMP(3) WITH TIME ZONE
          order-items.jsonl          | plain | 2 | JSON                                     | batch VARCHAR; orders ARRAY(ROW("id" BIGINT, "sku" VARCHAR, "quantity" BIGINT))
          order-items.jsonl          | base64 | 2 | JSON in base64                          | batch VARCHAR
          cloudfront-logs.tsv        | plain | 2 | tab-separated values                     | column_0 DOUBLE; column_3 BIGINT; column_8 VARCHAR
          snowplow-enriched.tsv      | plain | 2 | tab-separated values                     | column_0 VARCHAR; column_3 TIMESTAMP(3); column_6 UUID
          """)
  void sample_isRecognisedAndRead(
      String file, String wrapped, int rows, String what, String columns) throws IOException {
    List<UserRecord> sample = sample(file, wrapped);
    Inferred inferred = Samples.infer(sample);
    assertThat(inferred.report().what()).isEqualTo(what);
    assertThat(inferred.report().rows()).isEqualTo(rows);
    assertThat(inferred.report().conflicts()).isEmpty();
    for (String column : columns.split(";", -1)) {
      String[] parts = column.strip().split(" ", 2);
      assertThat(Samples.types(inferred)).containsEntry(parts[0], parts[1]);
    }
    Definitions read = written(inferred);
    assertThat(read.problems()).isEmpty();
    assertThat(read.tables().get(0).message()).isEqualTo(inferred.definition().message());
    RecordedRows decoded = Samples.decode(read.tables().get(0), sample);
    assertThat(decoded.errors()).isEmpty();
    assertThat(decoded.rows()).hasSize(rows);
  }

  @Test
  void arrayOfObjects_isReadBack() throws IOException {
    Inferred inferred = Samples.infer("[{\"a\":1},{\"a\":2}]");
    Definitions read = written(inferred);
    assertThat(read.problems()).isEmpty();
    assertThat(read.tables().get(0).message()).isEqualTo(inferred.definition().message());
  }

  private Definitions written(Inferred inferred) throws IOException {
    Files.writeString(
        directory.resolve("clicks.json"), DefinitionWriter.write(inferred.definition()));
    return JsonCatalog.ofDirectory(directory).load();
  }

  private static List<UserRecord> sample(String file, String wrapped) throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    for (String line : Files.readAllLines(RECORDS.resolve(file))) {
      byte[] bytes = Samples.bytes(line);
      payloads.add(
          switch (wrapped) {
            case "gzip" -> Samples.gzip(bytes);
            case "zlib" -> Samples.zlib(bytes);
            case "base64" -> java.util.Base64.getEncoder().encode(bytes);
            default -> bytes;
          });
    }
    return Samples.records(payloads);
  }
}
