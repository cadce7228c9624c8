package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.presto.Session;
import com.facebook.presto.common.type.TimeZoneKey;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTypesTest {
  private static Scene scene;

  @BeforeAll
  static void open() {
    scene = Scene.open();
    scene.table(
        "types",
        1,
        "b BOOLEAN",
        "t TINYINT",
        "s SMALLINT",
        "i INTEGER",
        "l BIGINT",
        "r REAL",
        "d DOUBLE",
        "p DECIMAL(10,2)",
        "q DECIMAL(38,3)",
        "v VARCHAR",
        "n VARCHAR(5)",
        "x VARBINARY",
        "day DATE",
        "clock TIME(6)",
        "ts TIMESTAMP(6)",
        "tz TIMESTAMP(3) WITH TIME ZONE",
        "u UUID",
        "j JSON",
        "a ARRAY(DECIMAL(10,2))",
        "m MAP(VARCHAR,TIMESTAMP(3))",
        "o ROW(id BIGINT, tags ARRAY(VARCHAR))");
    scene.put(
        "types",
        "k",
        """
        {"b":true,"t":1,"s":2,"i":3,"l":4,"r":1.5,"d":2.5,"p":1.25,
         "q":"-12345678901234567890123456789012345.678","v":"mill","n":"stone","x":"AQI=",
         "day":"2024-05-31","clock":"12:34:56.789123","ts":"2024-05-31T12:34:56.789123",
         "tz":"2024-05-31T12:34:56.789+02:00","u":"123e4567-e89b-12d3-a456-426614174000",
         "j":{"z":1, "a":2},"a":[1.5,null],"m":{"k":"2024-05-31T01:02:03"},
         "o":{"id":7,"tags":["x"]}}\
        """);
    scene.put("types", "k", "{}");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({"true,UTC", "true,America/New_York", "false,UTC", "false,America/New_York"})
  void everyType_isReadUnderBothTimestampSettings(String legacy, String zone) {
    Session session =
        scene
            .builder()
            .setSystemProperty("legacy_timestamp", legacy)
            .setTimeZoneKey(TimeZoneKey.getTimeZoneKey(zone))
            .build();
    List<Object> row =
        scene
            .rows(
                session,
                "SELECT b, t, s, i, l, r = REAL '1.5', d, CAST(p AS VARCHAR), CAST(q AS VARCHAR),"
                    + " v, n, to_hex(x), CAST(day AS VARCHAR), CAST(clock AS VARCHAR),"
                    + " CAST(ts AS VARCHAR), CAST(tz AS VARCHAR), CAST(u AS VARCHAR),"
                    + " j = JSON '{\"a\":2,\"z\":1}', CAST(a[1] AS VARCHAR), a[2],"
                    + " CAST(m['k'] AS VARCHAR), o.id, o.tags[1]"
                    + " FROM types WHERE v IS NOT NULL")
            .get(0);
    assertThat(row)
        .containsExactly(
            true,
            (byte) 1,
            (short) 2,
            3,
            4L,
            true,
            2.5,
            "1.25",
            "-12345678901234567890123456789012345.678",
            "mill",
            "stone",
            "0102",
            "2024-05-31",
            "12:34:56.789",
            "2024-05-31 12:34:56.789",
            "2024-05-31 10:34:56.789 UTC",
            "123e4567-e89b-12d3-a456-426614174000",
            true,
            "1.50",
            null,
            "2024-05-31 01:02:03.000",
            7L,
            "x");
    assertThat(scene.rows(session, "SELECT * FROM types WHERE v IS NULL").get(0))
        .hasSize(21)
        .containsOnlyNulls();
  }
}
