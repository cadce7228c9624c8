package dev.millrace.table;

/** Where definitions come from. */
public interface Catalog {

  /**
   * Reads every definition there is now; one that is broken does not hide the others.
   *
   * @throws dev.millrace.stream.MillraceException where the place they are in cannot be read at all
   */
  Definitions load();
}
