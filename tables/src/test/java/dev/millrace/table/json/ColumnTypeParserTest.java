package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeParserTest {

  @ParameterizedTest
  @CsvSource({
    "BIGINT, BIGINT",
    "int, INTEGER",
    "Boolean, BOOLEAN",
    "double precision, DOUBLE",
    "float, REAL",
    "string, VARCHAR",
    "varchar, VARCHAR",
    "'varchar( 10 )', VARCHAR(10)",
    "'DECIMAL(10, 2)', 'DECIMAL(10,2)'",
    "decimal(5), 'DECIMAL(5,0)'",
    "numeric, 'DECIMAL(38,0)'",
    "date, DATE",
    "time, TIME(3)",
    "time(6), TIME(6)",
    "timestamp, TIMESTAMP(3)",
    "timestamp(6), TIMESTAMP(6)",
    "timestamp without time zone, TIMESTAMP(3)",
    "' timestamp(9)  with time  zone ', TIMESTAMP(9) WITH TIME ZONE",
    "timestamptz(0), TIMESTAMP(0) WITH TIME ZONE",
    "uuid, UUID",
    "json, JSON",
    "bytea, VARBINARY"
  })
  void sqlType_isReadInAnyCase(String text, String expected) {
    assertThat(ColumnTypeParser.parse(text)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "BIGNT, Did you mean 'BIGINT'?",
    "varchr, Did you mean 'VARCHAR'?",
    "'', is not a type",
    "char(3), is not a type",
    "time with time zone, is not a type",
    "bigint with time zone, is not a type",
    "varchar(, is not a type",
    "bigint(20), takes no number in brackets",
    "'varchar(1,2)', takes one number in brackets",
    "varchar(0), must be 1 to 65535",
    "'decimal(39,2)', must be 1 to 38",
    "'decimal(5,6)', must be 0 to 5",
    "timestamp(12), must be 0 to 9",
    "row(a bigint), is not supported",
    "'map(varchar,bigint)', is not supported",
    "array<int>, is not supported"
  })
  void otherType_isRefusedWithWhatIsAllowed(String text, String expected) {
    assertThatThrownBy(() -> ColumnTypeParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void everyAlias_isATypeThatIsAllowed() {
    ColumnTypeParser.ALIASES.forEach(
        (alias, type) ->
            assertThat(ColumnTypeParser.parse(alias)).isEqualTo(ColumnTypeParser.parse(type)));
  }
}
