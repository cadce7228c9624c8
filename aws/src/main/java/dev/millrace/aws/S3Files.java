package dev.millrace.aws;

import dev.millrace.aws.S3Objects.Listed;
import dev.millrace.aws.S3Objects.Read;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The {@code *.json} objects directly below a prefix of a bucket. Each {@link #load} lists them all
 * and reads those that are new or changed since the last; a failure of the service or the network
 * fails the load, so that no definition seems to be gone that is there.
 */
public final class S3Files implements DefinitionFiles {
  private static final int MAX_PAGE_KEYS = 1000;

  /** One call takes tens of milliseconds: a hundred in a row would be felt. */
  private static final int READERS = 16;

  private final S3Location location;
  private final S3Objects objects;

  /** What the last load read, by key. */
  private volatile Map<String, Read> known = Map.of();

  private S3Files(S3Location location, S3Objects objects) {
    this.location = location;
    this.objects = objects;
  }

  /** Whether a text names a place in S3, be it rightly or not. */
  public static boolean isLocation(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith(S3Location.SCHEME);
  }

  /**
   * Makes a client; nothing is called yet.
   *
   * @param location {@code s3://bucket} or {@code s3://bucket/prefix}
   */
  public static S3Files connect(String location, AwsOptions options) {
    return connect(location, AwsConnection.toS3(options), MAX_PAGE_KEYS);
  }

  static S3Files connect(String location, AwsConnection connection, int pageKeys) {
    S3Location parsed = S3Location.parse(location);
    return new S3Files(parsed, S3Objects.connect(connection, parsed, READERS, pageKeys));
  }

  @Override
  public String source() {
    return location.toString();
  }

  @Override
  public Contents load() {
    try {
      List<Listed> listed =
          objects.list().stream()
              .filter(object -> object.key().endsWith(".json"))
              .sorted(Comparator.comparing(Listed::key))
              .toList();
      return listed.isEmpty() ? nothing() : contents(listed);
    } catch (KinesisException e) {
      throw asOurs(e);
    }
  }

  private Contents nothing() {
    known = Map.of();
    return new Contents(
        List.of(),
        List.of(
            error(
                source(),
                "no object directly below this prefix has a name that ends in .json. Put one for"
                    + " each table there, or name another prefix")));
  }

  private Contents contents(List<Listed> listed) {
    List<DefinitionProblem> problems = new ArrayList<>();
    Map<String, Read> read = new LinkedHashMap<>();
    Map<String, Read> before = known;
    List<Listed> changed = new ArrayList<>();
    for (Listed object : listed) {
      if (object.size() > MAX_FILE_BYTES) {
        problems.add(tooLarge(object.key(), object.size() + ""));
        continue;
      }
      Read last = before.get(object.key());
      boolean same = last != null && !object.tag().isEmpty() && last.tag().equals(object.tag());
      if (same) {
        read.put(object.key(), last);
      } else {
        changed.add(object);
      }
    }
    read.putAll(read(changed, problems));
    known = Map.copyOf(read);
    List<DefinitionFile> files = new ArrayList<>();
    read.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> files.add(file(entry.getKey(), entry.getValue())));
    return new Contents(files, problems);
  }

  private DefinitionFile file(String key, Read read) {
    return new DefinitionFile(
        key.substring(location.prefix().length()), location.address(key), read.bytes());
  }

  private Map<String, Read> read(List<Listed> changed, List<DefinitionProblem> problems) {
    Map<String, Read> read = new LinkedHashMap<>();
    if (changed.isEmpty()) {
      return read;
    }
    ExecutorService readers =
        Executors.newFixedThreadPool(Math.min(READERS, changed.size()), S3Files::thread);
    try {
      Map<String, Future<Read>> reading = new LinkedHashMap<>();
      for (Listed object : changed) {
        reading.put(object.key(), readers.submit(() -> objects.read(object.key(), MAX_FILE_BYTES)));
      }
      for (Map.Entry<String, Future<Read>> one : reading.entrySet()) {
        take(one.getKey(), one.getValue(), read, problems);
      }
      return read;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.EXTERNAL, "Reading " + source() + " was interrupted", e);
    } finally {
      readers.shutdownNow();
    }
  }

  private void take(
      String key, Future<Read> reading, Map<String, Read> read, List<DefinitionProblem> problems)
      throws InterruptedException {
    try {
      Read one = reading.get();
      if (one.bytes().length > MAX_FILE_BYTES) {
        problems.add(tooLarge(key, "more than " + MAX_FILE_BYTES));
      } else {
        read.put(key, one);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof KinesisException failure) || !isOfTheObject(failure)) {
        throw failure(e);
      }
      // One that is not found was deleted since the listing.
      if (failure.kind() != Kind.NOT_FOUND) {
        problems.add(error(location.address(key), String.valueOf(failure.getMessage())));
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(e.getCause());
  }

  private static Thread thread(Runnable reading) {
    Thread thread = new Thread(reading, "definitions");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public byte[] sibling(String name) {
    String key =
        location
            .key(name)
            .orElseThrow(
                () ->
                    unreadable(
                        name,
                        "this is not the name of an object below it. Write one without '..' and"
                            + " without a slash at its beginning or end"));
    Read read;
    try {
      read = objects.read(key, MAX_FILE_BYTES);
    } catch (KinesisException e) {
      if (!isOfTheObject(e)) {
        throw asOurs(e);
      }
      throw unreadable(
          name,
          e.kind() == Kind.NOT_FOUND ? "there is no such object" : String.valueOf(e.getMessage()));
    }
    if (read.bytes().length > MAX_FILE_BYTES) {
      throw unreadable(
          name, "the object has more than the " + MAX_FILE_BYTES + " bytes that are read");
    }
    return read.bytes();
  }

  private MillraceException unreadable(String name, String detail) {
    return new MillraceException(
        ErrorCode.DEFINITION, "The file '" + name + "', looked for in " + source() + ": " + detail);
  }

  /** What says nothing of the other objects. */
  private static boolean isOfTheObject(KinesisException failure) {
    return switch (failure.kind()) {
      case ACCESS_DENIED, NOT_FOUND, REFUSED -> true;
      default -> false;
    };
  }

  private static MillraceException asOurs(KinesisException failure) {
    return new MillraceException(
        failure.code(), String.valueOf(failure.getMessage()), failure.getCause());
  }

  private DefinitionProblem tooLarge(String key, String size) {
    return error(
        location.address(key),
        "the object has " + size + " bytes; at most " + MAX_FILE_BYTES + " are read");
  }

  private static DefinitionProblem error(String source, String detail) {
    return new DefinitionProblem(Severity.ERROR, source, "", detail);
  }

  @Override
  public void close() {
    objects.close();
  }
}
