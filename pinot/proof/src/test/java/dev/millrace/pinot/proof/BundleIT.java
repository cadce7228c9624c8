package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundle as it is shipped: what is in it, and processes that load it in each of Pinot's ways.
 */
class BundleIT {
  private static final String FACTORY = "dev.millrace.pinot.KinesisConsumerFactory";
  private static final String STOCK_FACTORY =
      "org.apache.pinot.plugin.stream.kinesis.KinesisConsumerFactory";

  @TempDir private static Path folder;
  private static Path plugin;
  private static KinesisEmulator emulator;

  @BeforeAll
  static void unpack() throws IOException {
    plugin = PluginBundle.unpackInto(Files.createDirectory(folder.resolve("plugins")));
    emulator = KinesisEmulator.start(EmulatorOptions.defaults().withMaxMemoryBytes(64 << 20));
    emulator.streams().createStream("orders", 1);
    for (String row : List.of("a", "b", "c")) {
      emulator.streams().put("orders", "key", row.getBytes(StandardCharsets.UTF_8));
    }
    emulator.streams().split("orders", "shardId-000000000000");
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  private static List<JarEntry> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().filter(entry -> !entry.isDirectory()).toList();
    }
  }

  @Test
  void directory_holdsOneJarAndItsPapers() throws IOException {
    try (Stream<Path> files = Files.list(plugin)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("LICENSE", "NOTICE", "pinot-plugin.properties")
          .filteredOn(name -> name.endsWith(".jar"))
          .hasSize(1);
    }
  }

  @Test
  void everyClass_isOursOrRelocated() throws IOException {
    assertThat(entries(PluginBundle.jarIn(plugin)))
        .extracting(JarEntry::getName)
        .filteredOn(name -> name.endsWith(".class"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("dev/millrace/"))
        .noneMatch(name -> name.startsWith("dev/millrace/emulator/"))
        .anyMatch(name -> name.startsWith("dev/millrace/pinot/shaded/software/amazon/awssdk/"))
        .anyMatch(name -> name.startsWith("dev/millrace/pinot/shaded/com/fasterxml/jackson/"));
  }

  @Test
  void everyService_isRelocatedInNameAndText() throws IOException {
    List<String> services = new ArrayList<>();
    try (JarFile jar = new JarFile(PluginBundle.jarIn(plugin).toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith("META-INF/services/") && !entry.isDirectory()) {
          services.add(entry.getName().substring("META-INF/services/".length()));
          new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .forEach(services::add);
        }
      }
    }
    assertThat(services)
        .isNotEmpty()
        .allMatch(name -> name.startsWith("dev.millrace.pinot.shaded."));
  }

  @Test
  void noNativeLibrary_isInIt() throws IOException {
    assertThat(entries(PluginBundle.jarIn(plugin)))
        .extracting(JarEntry::getName)
        .noneMatch(name -> name.endsWith(".so") || name.endsWith(".dll"));
  }

  /** Beside another plugin's SDK of another version, of which it would get the classes by name. */
  @Test
  void flatClassPath_besideAnotherSdk_reads() throws Exception {
    List<String> said = read(FACTORY, List.of(otherSdk(), PluginBundle.jarIn(plugin)), List.of());

    assertThat(said).contains("loader AppClassLoader", "row a", "row b", "row c");
  }

  @Test
  void dropIn_readsUnderTheNameOfPinotsOwnPlugin() throws Exception {
    List<String> said =
        read(STOCK_FACTORY, List.of(PluginBundle.jarIn(plugin), PluginBundle.dropIn()), List.of());

    assertThat(said).contains("row a", "row b", "row c");
  }

  @Test
  void isolatedRealm_reads() throws Exception {
    List<String> said =
        read(
            PluginBundle.NAME + ":" + FACTORY,
            List.of(),
            List.of("-Dplugins.dir=" + plugin.getParent()));

    assertThat(said).contains("loader ClassRealm", "row a", "row b", "row c");
  }

  /** Classes of the SDK's names that are none of it: whoever loads one of them fails at once. */
  private static Path otherSdk() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("other-sdk"));
    for (String name :
        List.of(
            "software/amazon/awssdk/services/kinesis/KinesisClient",
            "software/amazon/awssdk/core/SdkClient",
            "software/amazon/awssdk/regions/Region",
            "com/fasterxml/jackson/dataformat/cbor/CBORFactory")) {
      Path file = classes.resolve(name + ".class");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "of another version");
    }
    return classes;
  }

  private static List<String> read(String factory, List<Path> first, List<String> flags)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath(first));
    command.add(BundleReader.class.getName());
    command.add(emulator.endpoint().toString());
    command.add(factory);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  /** Pinot's own class path and this test's classes, without the plugin of this JVM. */
  private static String classPath(List<Path> first) {
    Stream<String> pinot =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("millrace-pinot-") && !entry.contains("emulator"));
    return Stream.concat(first.stream().map(Path::toString), pinot)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
