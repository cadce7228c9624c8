package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every type of a definition, in SQL. */
class TypesTest {
  private static TrinoFixture trino;

  @BeforeAll
  static void start() {
    trino = TrinoFixture.create();
    trino.streams().createStream("typed", 1);
    trino.define(
        "typed",
        """
        {"tableName": "typed", "streamName": "typed", "message": {"dataFormat": "json", "fields": [
          {"name": "c_boolean", "type": "BOOLEAN", "mapping": "b"},
          {"name": "c_tinyint", "type": "TINYINT", "mapping": "i"},
          {"name": "c_smallint", "type": "SMALLINT", "mapping": "i"},
          {"name": "c_integer", "type": "INTEGER", "mapping": "i"},
          {"name": "c_bigint", "type": "BIGINT", "mapping": "l"},
          {"name": "c_real", "type": "REAL", "mapping": "d"},
          {"name": "c_double", "type": "DOUBLE", "mapping": "d"},
          {"name": "c_decimal", "type": "DECIMAL(10,2)", "mapping": "d"},
          {"name": "c_long_decimal", "type": "DECIMAL(38,10)", "mapping": "dd"},
          {"name": "c_varchar", "type": "VARCHAR", "mapping": "s"},
          {"name": "c_varchar_n", "type": "VARCHAR(20)", "mapping": "s"},
          {"name": "c_varbinary", "type": "VARBINARY", "mapping": "bin"},
          {"name": "c_date", "type": "DATE", "mapping": "t"},
          {"name": "c_time", "type": "TIME(9)", "mapping": "t"},
          {"name": "c_timestamp_0", "type": "TIMESTAMP(0)", "mapping": "t"},
          {"name": "c_timestamp_3", "type": "TIMESTAMP(3)", "mapping": "t"},
          {"name": "c_timestamp_9", "type": "TIMESTAMP(9)", "mapping": "t"},
          {"name": "c_instant_3", "type": "TIMESTAMP(3) WITH TIME ZONE", "mapping": "t"},
          {"name": "c_instant_6", "type": "TIMESTAMP(6) WITH TIME ZONE", "mapping": "t"},
          {"name": "c_instant_9", "type": "TIMESTAMP(9) WITH TIME ZONE", "mapping": "t"},
          {"name": "c_uuid", "type": "UUID", "mapping": "u"},
          {"name": "c_json", "type": "JSON", "mapping": "j"},
          {"name": "c_json_text", "type": "VARCHAR", "mapping": "j"},
          {"name": "c_array", "type": "ARRAY(BIGINT)", "mapping": "a"},
          {"name": "c_map", "type": "MAP(VARCHAR, DOUBLE)", "mapping": "m"},
          {"name": "c_row", "type": "ROW(x BIGINT, y ARRAY(ROW(z VARCHAR)))", "mapping": "r"}]}}
        """);
    trino.put(
        "typed",
        "k",
        """
        {"b": true, "i": -7, "l": 9007199254740993, "d": 1.5, "dd": 1234567890123456789.0123456789,
         "s": "grün", "bin": "AAEC", "t": "2024-05-31T12:00:00.123456789+02:00",
         "u": "123e4567-e89b-12d3-a456-426614174000",
         "j": {"b": [1, 2.50, 12345678901234567890, 1e3, "\\u00e9"], "a": null},
         "a": [1, null, 3], "m": {"x": 1.5, "y": null}, "r": {"x": 5, "y": [{"z": "q"}, null]}}
        """);
    trino.put("typed", "k", "{}");
  }

  @AfterAll
  static void stop() {
    trino.close();
  }

  private static String first(String expression) {
    return (String)
        trino.value("SELECT CAST(" + expression + " AS VARCHAR) FROM typed WHERE c_boolean");
  }

  @Test
  void columns_haveTheTypesOfTheDefinition() {
    assertThat(
            trino.rows(
                "SELECT column_name, data_type FROM information_schema.columns"
                    + " WHERE table_name = 'typed'"))
        .contains(
            List.of("c_decimal", "decimal(10,2)"),
            List.of("c_varchar_n", "varchar(20)"),
            List.of("c_time", "time(9)"),
            List.of("c_instant_9", "timestamp(9) with time zone"),
            List.of("c_json", "json"),
            List.of("c_row", "row(\"x\" bigint, \"y\" array(row(\"z\" varchar)))"));
  }

  @Test
  void numbers_arriveExactly() {
    assertThat(first("c_tinyint")).isEqualTo("-7");
    assertThat(first("c_smallint")).isEqualTo("-7");
    assertThat(first("c_integer")).isEqualTo("-7");
    assertThat(first("c_bigint")).isEqualTo("9007199254740993");
    assertThat(first("c_real = REAL '1.5' AND c_double = 1.5")).isEqualTo("true");
    assertThat(first("c_decimal")).isEqualTo("1.50");
    assertThat(first("c_long_decimal")).isEqualTo("1234567890123456789.0123456789");
  }

  @Test
  void textAndBytes_arriveExactly() {
    assertThat(first("c_varchar")).isEqualTo("grün");
    assertThat(first("c_varchar_n")).isEqualTo("grün");
    assertThat(first("to_hex(c_varbinary)")).isEqualTo("000102");
    assertThat(first("c_uuid")).isEqualTo("123e4567-e89b-12d3-a456-426614174000");
  }

  @Test
  void times_arriveInUtcWithTheirDigits() {
    assertThat(first("c_date")).isEqualTo("2024-05-31");
    assertThat(first("c_time")).isEqualTo("10:00:00.123456789");
    assertThat(first("c_timestamp_0")).isEqualTo("2024-05-31 10:00:00");
    assertThat(first("c_timestamp_3")).isEqualTo("2024-05-31 10:00:00.123");
    assertThat(first("c_timestamp_9")).isEqualTo("2024-05-31 10:00:00.123456789");
    assertThat(first("c_instant_3")).isEqualTo("2024-05-31 10:00:00.123 UTC");
    assertThat(first("c_instant_6")).isEqualTo("2024-05-31 10:00:00.123456 UTC");
    assertThat(first("c_instant_9")).isEqualTo("2024-05-31 10:00:00.123456789 UTC");
  }

  @Test
  void nestedValues_arriveWithTheirNulls() {
    assertThat(first("CAST(c_array AS JSON) = JSON '[1,null,3]'")).isEqualTo("true");
    assertThat(first("element_at(c_map, 'x')")).isEqualTo("1.5E0");
    assertThat(first("cardinality(c_map)")).isEqualTo("2");
    assertThat(first("c_row.y[1].z")).isEqualTo("q");
    assertThat(first("c_row.y[2] IS NULL")).isEqualTo("true");
  }

  @Test
  void json_isTheValueThatJsonParseMakes() {
    assertThat(first("c_json = json_parse(c_json_text)")).isEqualTo("true");
    assertThat(first("json_format(c_json)"))
        .startsWith("{\"a\":null,\"b\":[1,2.50,12345678901234567890,1E+3");
  }

  @Test
  void absentValues_areNull() {
    String everyColumnIsNull =
        trino
            .rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'typed'")
            .stream()
            .map(row -> row.getFirst() + " IS NULL")
            .collect(java.util.stream.Collectors.joining(" AND "));
    assertThat(trino.value("SELECT count(*) FROM typed WHERE " + everyColumnIsNull)).isEqualTo(1L);
  }
}
