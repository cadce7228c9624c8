package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnownDifferencesTest {

  @ParameterizedTest
  @EnumSource
  void reason_isOnTheEmulatorsPage(KnownDifferences difference) throws Exception {
    Path page =
        Path.of(System.getProperty("millrace.root", "."), "docs", "internals", "emulator.md");

    assertThat(Files.readString(page)).contains("- " + difference.reason());
  }
}
