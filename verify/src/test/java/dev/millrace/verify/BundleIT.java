package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that is handed out, unpacked somewhere else. */
class BundleIT {
  @TempDir static Path elsewhere;
  private static Path home;

  @BeforeAll
  static void unpack() {
    home = CommandBundle.unpack(elsewhere.resolve("a place"));
  }

  @Test
  void carriesLicenceNoticeAndBillOfMaterials() throws IOException {
    assertThat(home.resolve("LICENSE")).isNotEmptyFile();
    assertThat(home.resolve("NOTICE")).isNotEmptyFile();
    JsonNode bill = new ObjectMapper().readTree(home.resolve("sbom.json").toFile());
    assertThat(bill.path("components").findValuesAsText("name"))
        .contains("duckdb_jdbc", "kinesis", "netty-common");
  }

  @Test
  void runsWhereItWasUnpacked() {
    Command.Result result =
        Command.shell("'" + home.resolve("bin/millrace") + "' demo --once").in(elsewhere).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("PushEvent").contains("shardId-000000000004");
  }
}
