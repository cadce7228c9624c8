package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of the thirty cases and of the ancestors' faults name tests that are there. */
class CasesPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
  private static final Pattern FAULT = Pattern.compile("(?m)^\\| [^|]+ \\| (`.*`) \\| (`.*`) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void everyCase_hasTestsThatAreThere() {
    String page = Repository.read(Repository.file("docs/internals/cases.md"));
    List<MatchResult> rows = ROW.matcher(page).results().toList();
    assertThat(rows).hasSize(30);
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).group(1)).isEqualTo(Integer.toString(i + 1));
      missing.addAll(missing(rows.get(i).group()));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyFaultOfTheAncestors_hasATestInEachEngine() {
    String page = Repository.read(Repository.file("docs/internals/ancestors.md"));
    List<MatchResult> rows = FAULT.matcher(page).results().toList();
    assertThat(rows).hasSize(16);
    List<String> missing = new ArrayList<>();
    for (MatchResult row : rows) {
      missing.addAll(missing(row.group(1)));
      missing.addAll(missing(row.group(2)));
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> missing(String cell) {
    List<MatchResult> tests = TEST.matcher(cell).results().toList();
    assertThat(tests).as("tests in %s", cell).isNotEmpty();
    return tests.stream()
        .filter(test -> !isThere(test.group(1), test.group(2)))
        .map(CasesPageTest::name)
        .toList();
  }

  private static String name(MatchResult test) {
    return test.group(1) + "." + test.group(2);
  }

  private static boolean isThere(String type, String method) {
    List<Path> files =
        Repository.filesBelow(
            Repository.root(),
            file -> file.endsWith(type + ".java") && file.toString().contains("/src/test/java/"));
    Pattern test = Pattern.compile("@(Test|ParameterizedTest)[^;{]*\\bvoid " + method + "\\(");
    return files.stream().anyMatch(file -> test.matcher(Repository.read(file)).find());
  }
}
