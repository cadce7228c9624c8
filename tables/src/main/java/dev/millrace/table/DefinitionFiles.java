package dev.millrace.table;

import java.util.List;

/**
 * Where definition files are: a directory, or a prefix of a bucket. Any thread may call, and
 * several at once.
 */
public interface DefinitionFiles extends AutoCloseable {

  /** What a file may have at most: a mistaken one must not fill the memory. */
  int MAX_FILE_BYTES = 8 << 20;

  /**
   * The files there are at one moment.
   *
   * @param files all of them at once, in the order of their names: a table may take several
   * @param problems the files that cannot be read, and why
   */
  record Contents(List<DefinitionFile> files, List<DefinitionProblem> problems) {
    public Contents {
      files = List.copyOf(files);
      problems = List.copyOf(problems);
    }
  }

  /** What the place is called in messages: a path, or {@code s3://bucket/prefix/}. */
  String source();

  /**
   * Reads every definition file there is now. One that cannot be read does not hide the others.
   *
   * @throws dev.millrace.stream.MillraceException where the place itself cannot be read, so that
   *     nothing can be said of its files
   */
  Contents load();

  /**
   * Reads another file that a definition names, such as a schema.
   *
   * @param name relative to this place, with slashes between its parts
   * @throws dev.millrace.stream.MillraceException with the code {@code DEFINITION} where it is not
   *     there, too large or may not be read, which the message says: a problem of the definition
   *     that names it. With another code where the place cannot be read, as in {@link #load}
   */
  byte[] sibling(String name);

  /** Gives back what reading took. */
  @Override
  default void close() {}
}
