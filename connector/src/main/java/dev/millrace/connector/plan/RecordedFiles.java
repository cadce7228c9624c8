package dev.millrace.connector.plan;

import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files as they are read, kept, so that the same can be read again without them. */
final class RecordedFiles implements DefinitionFiles {
  private final DefinitionFiles files;
  private final Map<String, byte[]> siblings = new ConcurrentHashMap<>();
  private volatile List<DefinitionFile> read = List.of();

  RecordedFiles(DefinitionFiles files) {
    this.files = files;
  }

  List<DefinitionFile> read() {
    return read;
  }

  Map<String, byte[]> siblings() {
    return siblings;
  }

  @Override
  public String source() {
    return files.source();
  }

  @Override
  public Contents load() {
    Contents contents = files.load();
    read = contents.files();
    return contents;
  }

  /**
   * @throws MillraceException as where the files are; what is not there is not recorded
   */
  @Override
  public byte[] sibling(String name) {
    byte[] bytes = files.sibling(name);
    siblings.put(name, bytes);
    return bytes;
  }
}
