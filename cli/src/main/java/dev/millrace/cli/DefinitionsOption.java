package dev.millrace.cli;

import dev.millrace.table.Definitions;
import dev.millrace.table.json.JsonCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the table definitions are. */
final class DefinitionsOption {
  private static final Path DEFAULT = Path.of("etc", "kinesis");

  @Option(
      names = "--definitions",
      paramLabel = "DIR",
      description =
          "the directory of table definitions, one JSON file each;"
              + " default: MILLRACE_DEFINITIONS, else etc/kinesis")
  private Optional<Path> directory = Optional.empty();

  Path directory(Console console) {
    return directory
        .or(() -> console.variable("MILLRACE_DEFINITIONS").map(Path::of))
        .orElse(DEFAULT);
  }

  Definitions load(Console console) {
    return JsonCatalog.ofDirectory(directory(console)).load();
  }

  /** None where nothing was said and the default directory is not there: they may not be needed. */
  Definitions loadIfThere(Console console) {
    Path chosen = directory(console);
    return chosen.equals(DEFAULT) && !Files.exists(chosen)
        ? new Definitions(List.of(), List.of())
        : load(console);
  }
}
