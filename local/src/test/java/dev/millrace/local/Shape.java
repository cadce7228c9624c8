package dev.millrace.local;

import dev.millrace.table.Compression;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.json.JsonCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** One of the examples: a definition, its sample records, a statement and the rows it has. */
record Shape(String name, String sql, List<String> rows) {
  private static final Path ROOT = Path.of(System.getProperty("millrace.root", "."));
  static final Path EXAMPLES = ROOT.resolve("examples");
  private static final Path SHAPES = Path.of("src", "test", "resources", "shapes");

  static List<Shape> all() throws IOException {
    List<Shape> shapes = new ArrayList<>();
    try (Stream<Path> files = Files.list(SHAPES)) {
      for (Path file : files.sorted().toList()) {
        shapes.add(read(file));
      }
    }
    return shapes;
  }

  private static Shape read(Path file) throws IOException {
    String[] parts = Files.readString(file).split("\n----\n", 2);
    String name = file.getFileName().toString().replace(".sql", "");
    return new Shape(name, parts[0], parts[1].lines().toList());
  }

  static Definitions definitions() {
    return JsonCatalog.ofDirectory(EXAMPLES.resolve("definitions")).load();
  }

  TableDefinition table(Definitions definitions) {
    return definitions.tables().stream()
        .filter(table -> table.source().endsWith("/" + name + ".json"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no definition for " + name));
  }

  /** The records as a producer puts them: a line of the sample file each, where there is one. */
  List<byte[]> records(TableDefinition table) throws IOException {
    if (name.startsWith("glue-")) {
      return GlueRecords.of(name.substring("glue-".length()));
    }
    List<byte[]> records = new ArrayList<>();
    for (String line : lines()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      boolean gzip = table.message().compression() == Compression.GZIP;
      records.add(gzip ? gzip(bytes) : bytes);
    }
    return records;
  }

  private List<String> lines() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve("records"))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().matches(name + "\\.(jsonl|tsv)"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no records for " + name));
      return Files.readAllLines(file);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
