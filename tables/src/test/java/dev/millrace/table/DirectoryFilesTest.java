package dev.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFilesTest {
  @TempDir Path directory;
  private DefinitionFiles files = new DirectoryFiles(Path.of(""));

  @BeforeEach
  void openDirectory() {
    files = new DirectoryFiles(directory);
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }

  private String sibling(String name) {
    return new String(files.sibling(name), StandardCharsets.UTF_8);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertUnreadable(String name) {
    return assertThatThrownBy(() -> files.sibling(name))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION))
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void files_areThoseOfTheDirectoryItself_inOrder() throws IOException {
    write("b.json", "2");
    write("a.json", "1");
    write("schemas/c.json", "3");
    write("a.avsc", "4");
    assertThat(files.load().problems()).isEmpty();
    assertThat(files.load().files())
        .extracting(DefinitionFile::name)
        .containsExactly("a.json", "b.json");
    assertThat(files.load().files().get(0).source()).isEqualTo(directory + "/a.json");
    assertThat(files.load().files().get(0).bytes()).asString().isEqualTo("1");
  }

  @Test
  void fileThatCannotBeRead_hidesNoOther() throws IOException {
    Files.createSymbolicLink(directory.resolve("a.json"), directory.resolve("gone"));
    write("b.json", "2");
    assertThat(files.load().files()).extracting(DefinitionFile::name).containsExactly("b.json");
    assertThat(files.load().problems())
        .singleElement()
        .asString()
        .isEqualTo(directory + "/a.json: the file cannot be read: what it links to is not there");
  }

  @Test
  void sibling_isReadByItsNameBelowTheDirectory() throws IOException {
    write("a.avsc", "1");
    write("schemas/b.avsc", "2");
    assertThat(sibling("a.avsc")).isEqualTo("1");
    assertThat(sibling("schemas/b.avsc")).isEqualTo("2");
    assertThat(sibling(directory.resolve("a.avsc").toString())).isEqualTo("1");
  }

  @Test
  void siblingThatIsMissing_isNamedWithItsPlace() {
    assertUnreadable("a.avsc")
        .hasMessage(
            "The file 'a.avsc', looked for in "
                + directory
                + ": the file cannot be read: there is no such file");
  }

  @Test
  void siblingThatIsNoFile_isRefused() throws IOException {
    Files.createDirectory(directory.resolve("schemas"));
    assertUnreadable("schemas").hasMessageContaining("not a regular file");
    assertUnreadable("").hasMessageContaining("not a regular file");
    assertUnreadable("a\0b").hasMessageContaining("not the name of a file");
  }

  @Test
  void siblingThatIsTooLarge_isRefused() throws IOException {
    write("large", " ".repeat(DefinitionFiles.MAX_FILE_BYTES + 1));
    assertUnreadable("large").hasMessageContaining("8388609 bytes; at most 8388608");
  }
}
