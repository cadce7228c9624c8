package dev.millrace.table.json;

/** Other files a definition names, such as schemas. */
interface SiblingFiles {

  /**
   * Reads a file whole; how large it may be is bounded.
   *
   * @param name relative to where the definition is
   * @throws dev.millrace.stream.MillraceException with the code {@code DEFINITION} where the file
   *     is at fault, with another where its place is
   */
  byte[] read(String name);
}
