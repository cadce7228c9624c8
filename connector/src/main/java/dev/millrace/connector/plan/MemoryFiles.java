package dev.millrace.connector.plan;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import java.util.List;
import java.util.Map;

/**
 * Definition files that were read somewhere else.
 *
 * @param siblings what else they name, by its name
 */
record MemoryFiles(String source, List<DefinitionFile> files, Map<String, byte[]> siblings)
    implements DefinitionFiles {
  MemoryFiles {
    files = List.copyOf(files);
    siblings = Map.copyOf(siblings);
  }

  @Override
  public Contents load() {
    return new Contents(files, List.of());
  }

  @Override
  public byte[] sibling(String name) {
    byte[] bytes = siblings.get(name);
    if (bytes == null) {
      throw new MillraceException(
          ErrorCode.DEFINITION,
          "The file '" + name + "' of " + source + " did not come with the table's definition");
    }
    return bytes;
  }
}
