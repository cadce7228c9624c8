package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every source file promises. */
class SourcesTest {
  /** This file and its package speak of what they look for. */
  private static List<Path> sources() {
    return Repository.javaSources().stream()
        .filter(file -> !file.endsWith(Path.of("verify", "SourcesTest.java")))
        .toList();
  }

  private static List<String> linesMatching(String pattern, Stream<Path> files) {
    Pattern compiled = Pattern.compile(pattern);
    return files
        .flatMap(
            file ->
                Repository.read(file)
                    .lines()
                    .filter(line -> compiled.matcher(line).find())
                    .map(line -> Repository.root().relativize(file) + ": " + line.strip()))
        .toList();
  }

  @Test
  void tests_cannotBeSkipped() {
    assertThat(
            linesMatching(
                "@Disabled|@Ignore|@Enabled(If|On|For)|Assumptions|assumeT|assumeF|assumingThat",
                sources().stream()))
        .isEmpty();
  }

  @Test
  void testsThatRan_wereNotSkipped() {
    Pattern skipped = Pattern.compile("<testsuite [^>]*skipped=\"([1-9][0-9]*)\"");
    List<String> found = new ArrayList<>();
    for (String module : Repository.MODULES) {
      if (module.equals("verify")) {
        continue; // Its own reports are still being written; its sources are held by the test
        // above.
      }
      Path reports = Repository.file(module + "/target/surefire-reports");
      if (!Files.isDirectory(reports)) {
        continue;
      }
      try (Stream<Path> files = Files.list(reports)) {
        files
            .filter(file -> file.toString().endsWith(".xml"))
            .filter(file -> skipped.matcher(Repository.read(file)).find())
            .forEach(file -> found.add(file.toString()));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void tests_doNotSleep() {
    assertThat(
            linesMatching(
                "Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep",
                sources().stream().filter(file -> file.toString().contains("/src/test/"))))
        .isEmpty();
  }

  @Test
  void nothing_isLeftOpen() {
    // Without a comment around it, XXX can be the offset in a pattern of dates.
    assertThat(linesMatching("\\b(TODO|FIXME)\\b|(//|\\*).*\\bXXX\\b", sources().stream()))
        .isEmpty();
  }

  @Test
  void names_areTheFieldsWords() {
    assertThat(sources())
        .map(file -> file.getFileName().toString())
        // The engines' own word for who plans splits.
        .filteredOn(name -> !name.equals("KinesisSplitManager.java"))
        .noneMatch(name -> name.matches(".*(Manager|Utils?|Helper|Impl)\\.java"));
  }

  @Test
  void packages_areDescribedAndNullMarked() {
    List<Path> undescribed =
        sources().stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !isDescribed(folder.resolve("package-info.java")))
            .toList();
    assertThat(undescribed).isEmpty();
  }

  private static boolean isDescribed(Path packageInfo) {
    if (!Files.exists(packageInfo)) {
      return false;
    }
    Matcher comment =
        Pattern.compile("/\\*\\*.{20,}\\*/\\s*@NullMarked", Pattern.DOTALL)
            .matcher(Repository.read(packageInfo));
    return comment.find();
  }
}
