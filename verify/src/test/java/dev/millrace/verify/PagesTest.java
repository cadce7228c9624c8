package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation as a set of files. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  @Test
  void links_lead_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : Repository.pages()) {
      LINK.matcher(Repository.read(page))
          .results()
          .map(link -> link.group(1))
          .filter(target -> !target.matches("[a-z]+:.*"))
          .filter(target -> !Files.exists(page.resolveSibling(target)))
          .forEach(target -> broken.add(Repository.root().relativize(page) + " -> " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPage_isReachedFromTheReadme() {
    List<Path> reached = new ArrayList<>();
    follow(Repository.file("README.md"), reached);
    assertThat(
            Repository.filesBelow(Repository.file("docs"), file -> file.toString().endsWith(".md")))
        .allSatisfy(page -> assertThat(reached).contains(page));
  }

  private static void follow(Path page, List<Path> reached) {
    if (!page.toString().endsWith(".md") || !Files.exists(page) || reached.contains(page)) {
      return;
    }
    reached.add(page);
    List<String> targets =
        LINK.matcher(Repository.read(page)).results().map((MatchResult m) -> m.group(1)).toList();
    targets.stream()
        .filter(target -> !target.matches("[a-z]+:.*"))
        .forEach(target -> follow(page.resolveSibling(target).normalize(), reached));
  }
}
