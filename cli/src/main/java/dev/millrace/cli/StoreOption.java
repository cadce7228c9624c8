package dev.millrace.cli;

import dev.millrace.local.EmbeddedOptions;
import dev.millrace.local.store.StoreOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where what is read is kept. */
final class StoreOption {
  @ArgGroup private final Place place = new Place();

  @Option(
      names = "--store-limit",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "how large the store may grow, such as 10GB; default: as the disk allows")
  private Optional<Long> limit = Optional.empty();

  /** One of the two. */
  static final class Place {
    @Option(
        names = "--store",
        paramLabel = "DIR",
        description =
            "the directory that keeps what was read; default: $$XDG_DATA_HOME/millrace, else"
                + " ~/.local/share/millrace")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--no-store", description = "keep nothing: read everything again next time")
    private boolean none;
  }

  EmbeddedOptions embedded(Console console) {
    EmbeddedOptions options =
        place.none
            ? EmbeddedOptions.inMemory(defaultDirectory(console))
            : EmbeddedOptions.stored(place.directory.orElseGet(() -> defaultDirectory(console)));
    OptionalLong bytes = limit.map(OptionalLong::of).orElse(OptionalLong.empty());
    return options.withStore(StoreOptions.defaults().withSizeLimitBytes(bytes));
  }

  private static Path defaultDirectory(Console console) {
    return console
        .variable("XDG_DATA_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".local", "share"))
        .resolve("millrace");
  }
}
