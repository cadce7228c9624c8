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
    "bytea, VARBINARY",
    "time(6) with time zone, TIME(6)",
    "array(int), ARRAY(INTEGER)",
    "Array < int >, ARRAY(INTEGER)",
    "'map(varchar(3), decimal(10,2))', 'MAP(VARCHAR(3),DECIMAL(10,2))'",
    "'map<string,array<timestamp(6) with time zone>>', 'MAP(VARCHAR,ARRAY(TIMESTAMP(6) WITH TIME ZONE))'",
    "'row(a bigint, \"b \"\"c\" double precision)', 'ROW(\"a\" BIGINT, \"b \"\"c\" DOUBLE)'",
    "'struct<a:int,b : array<struct<c:string>>>', 'ROW(\"a\" INTEGER, \"b\" ARRAY(ROW(\"c\" VARCHAR)))'",
    "'row(row row(array array(int)), \"x,(\" map(int, date))', 'ROW(\"row\" ROW(\"array\" ARRAY(INTEGER)), \"x,(\" MAP(INTEGER,DATE))'"
  })
  void sqlType_isReadInAnyCase(String text, String expected) {
    assertThat(ColumnTypeParser.parse(text)).hasToString(expected);
    assertThat(ColumnTypeParser.parse(expected)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "BIGNT, Did you mean 'BIGINT'?",
    "varchr, Did you mean 'VARCHAR'?",
    "'', is not a type",
    "char(3), is not a type",
    "bigint with time zone, is not a type",
    "varchar(, is not a type",
    "bigint(20), takes no number in brackets",
    "'varchar(1,2)', takes one number in brackets",
    "varchar(0), must be 1 to 65535",
    "'decimal(39,2)', must be 1 to 38",
    "'decimal(5,6)', must be 0 to 5",
    "timestamp(12), must be 0 to 9",
    "array, needs its types in brackets",
    "array bigint, needs its types in brackets",
    "array(bigint, 'in ''array(bigint'': a bracket is not closed'",
    "array(bigint>, '''>'' stands where '')'' is expected'",
    "array(bigint) x, '''x'' follows the type'",
    "'array(bigint,int)', ARRAY takes one type",
    "map(varchar), MAP takes two types",
    "'map(array(int),int)', 'the key of a MAP is a type without parts, not ARRAY(INTEGER)'",
    "'map(json,int)', 'the key of a MAP is a type without parts, not JSON'",
    "row(), ''''' is not a field of a ROW'",
    "row(bigint), '''bigint'' is not a field of a ROW'",
    "'row(a int, A int)', 'there is a field ''A'' already'",
    "'row(\"a int)', a quote is not closed",
    "'row(a int, b array(bignt))', ', the field b, the element: ''bignt'' is not a type. Did you mean'",
    "list(bigint), is not a type"
  })
  void otherType_isRefusedWithWhatIsAllowed(String text, String expected) {
    assertThatThrownBy(() -> ColumnTypeParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void nesting_isBounded() {
    String deep = "array(".repeat(32) + "int" + ")".repeat(32);
    assertThat(ColumnTypeParser.parse(deep).toString()).startsWith("ARRAY(ARRAY(");
    assertThatThrownBy(() -> ColumnTypeParser.parse("array(" + deep + ")"))
        .hasMessageContaining("nested more than 32 levels deep");
  }

  @Test
  void everyAlias_isATypeThatIsAllowed() {
    ColumnTypeParser.ALIASES.forEach(
        (alias, type) ->
            assertThat(ColumnTypeParser.parse(alias)).isEqualTo(ColumnTypeParser.parse(type)));
  }
}
