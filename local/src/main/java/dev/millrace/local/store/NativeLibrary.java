package dev.millrace.local.store;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Driver;
import java.util.Locale;
import java.util.Optional;
import org.duckdb.DuckDBColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the database's native library between runs.
 *
 * <p>The driver unpacks its 72 MB library into java.io.tmpdir at every start and leaves it there
 * when the process is killed. It offers no switch, but it has a second way: where its jar holds no
 * library of the expected name, it resolves that name beside the jar and loads what it finds. So
 * the one constant from which {@code DuckDBNative} makes the name is replaced by a path before the
 * class is defined: the jar holds nothing under that path, and an absolute path resolves to itself.
 * A driver in which the constant is not found is left as it is, and unpacks as it always did.
 */
final class NativeLibrary {
  private static final String NAME_PREFIX = "libduckdb_java.so_";
  private static final String NATIVE_CLASS = "DuckDBNative.class";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Makes the driver load its library from {@code directory}, where it is unpacked if it is not
   * there yet. Does nothing when the driver has its library already.
   */
  static synchronized void keepIn(Path directory) {
    if (loaded) {
      return;
    }
    loaded = true;
    String name = NAME_PREFIX + platform();
    URL packed = Driver.class.getResource("/" + name);
    packed = packed == null ? DuckDBColumnType.class.getResource("/" + name) : packed;
    if (packed == null) {
      return; // The driver's own message says that the platform has no library.
    }
    try {
      Path home = directory.resolve("native").resolve("duckdb-" + version()).toAbsolutePath();
      unpack(packed, home.resolve(name));
      Optional<byte[]> patched = patched(home + home.getFileSystem().getSeparator());
      if (patched.isPresent()) {
        MethodHandles.privateLookupIn(DuckDBColumnType.class, MethodHandles.lookup())
            .defineClass(patched.get());
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.USER, "Cannot keep the database's library in " + directory + ": " + e, e);
    } catch (IllegalAccessException e) {
      throw new AssertionError("The driver is in a named module", e);
    } catch (LinkageError alreadyDefined) {
      // Someone in this process has used the driver before: it has its library.
      return;
    }
  }

  /** As the driver names it. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).strip();
    String cpu = System.getProperty("os.arch").toLowerCase(Locale.ROOT).strip();
    String family = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : "linux";
    String width = cpu.equals("aarch64") || cpu.equals("arm64") ? "arm64" : "amd64";
    return family + "_" + width;
  }

  private static String version() {
    @Nullable String version = DuckDBColumnType.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private static void unpack(URL packed, Path kept) throws IOException {
    URLConnection connection = packed.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      if (Files.exists(kept) && Files.size(kept) == connection.getContentLengthLong()) {
        return;
      }
      Files.createDirectories(kept.getParent());
      Path unpacking = Files.createTempFile(kept.getParent(), "unpacking", ".tmp");
      try {
        Files.copy(in, unpacking, StandardCopyOption.REPLACE_EXISTING);
        Files.move(unpacking, kept, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unpacking);
      }
    }
  }

  /** The driver's class with the constant replaced; empty where it has no such constant. */
  private static Optional<byte[]> patched(String directory) throws IOException {
    byte[] original;
    try (InputStream in = DuckDBColumnType.class.getResourceAsStream(NATIVE_CLASS)) {
      if (in == null) {
        return Optional.empty();
      }
      original = in.readAllBytes();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(original));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(original.length + directory.length());
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(in.readNBytes(8)); // Magic and version.
    boolean found = copyConstants(in, out, directory);
    in.transferTo(out);
    return found ? Optional.of(bytes.toByteArray()) : Optional.empty();
  }

  /** Copies a constant pool (JVMS 4.4), entry by entry. */
  private static boolean copyConstants(DataInputStream in, DataOutputStream out, String directory)
      throws IOException {
    boolean found = false;
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == 1) {
        String text = in.readUTF();
        boolean wanted = text.equals(NAME_PREFIX);
        found |= wanted;
        out.writeUTF(wanted ? directory + text : text);
      } else {
        out.write(in.readNBytes(width(tag)));
        if (tag == 5 || tag == 6) {
          i++; // A long or a double takes two places.
        }
      }
    }
    return found;
  }

  private static int width(int tag) throws IOException {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IOException("Unknown constant " + tag + " in " + NATIVE_CLASS);
    };
  }
}
