package dev.millrace.simulation;

/**
 * A fault put into the reader on purpose.
 *
 * @param file below the sources' {@code dev/millrace}
 * @param original what stands there, exactly once
 * @param replacement what is to stand there
 * @param firstSeed where to begin: what takes a rare coincidence is sought where one is known
 */
record Mutant(String name, String file, String original, String replacement, long firstSeed) {
  Mutant(String name, String file, String original, String replacement) {
    this(name, file, original, replacement, 0);
  }

  Mutant from(long seed) {
    return new Mutant(name, file, original, replacement, seed);
  }

  /** Its file with the fault in it. */
  String mutate(String source) {
    int at = source.indexOf(original);
    if (at < 0 || source.indexOf(original, at + 1) >= 0) {
      throw new IllegalStateException(
          "Mutant '" + name + "': its text must be in " + file + " exactly once: " + original);
    }
    return source.replace(original, replacement);
  }
}
