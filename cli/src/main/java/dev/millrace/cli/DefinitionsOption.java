package dev.millrace.cli;

import dev.millrace.aws.S3Files;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.Definitions;
import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.json.JsonCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the table definitions are. */
final class DefinitionsOption {
  private static final String DEFAULT = Path.of("etc", "kinesis").toString();

  @Option(
      names = "--definitions",
      paramLabel = "DIR|S3-URL",
      description =
          "where the table definitions are, one JSON file each: a directory, or s3://bucket/prefix;"
              + " default: MILLRACE_DEFINITIONS, else etc/kinesis")
  private Optional<String> place = Optional.empty();

  private String place(Console console) {
    return place.or(() -> console.variable("MILLRACE_DEFINITIONS")).orElse(DEFAULT);
  }

  /** Nothing is read yet. */
  DefinitionFiles open(RootCommand root) {
    String chosen = place(root.console());
    return S3Files.isLocation(chosen)
        ? S3Files.connect(chosen, root.awsOptions())
        : new DirectoryFiles(Path.of(chosen));
  }

  /** None where nothing was said and the default directory is not there: they may not be needed. */
  Definitions loadIfThere(RootCommand root) {
    if (place(root.console()).equals(DEFAULT) && !Files.exists(Path.of(DEFAULT))) {
      return new Definitions(List.of(), List.of());
    }
    try (DefinitionFiles files = open(root)) {
      return new JsonCatalog(files).load();
    }
  }
}
