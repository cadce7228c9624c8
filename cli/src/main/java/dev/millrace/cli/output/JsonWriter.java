package dev.millrace.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. A name that comes twice gets a number: {@code id}, {@code id_1}. */
public final class JsonWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private final OutputStream out;
  private final JsonGenerator json;

  public JsonWriter(OutputStream out, Screen screen) throws IOException {
    this.out = out;
    json = JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    if (screen == Screen.TERMINAL) {
      json.setCharacterEscapes(new TerminalEscapes());
    }
  }

  long write(Rows rows) throws IOException {
    List<String> names = distinct(rows.columns());
    long count = 0;
    while (rows.next()) {
      json.writeStartObject();
      for (int i = 0; i < names.size(); i++) {
        json.writeFieldName(names.get(i));
        JsonValues.write(json, rows.value(i));
      }
      endLine();
      count++;
    }
    flush();
    return count;
  }

  /** Writes one object; a null value is a null. */
  public void write(Map<String, @Nullable Object> object) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, @Nullable Object> member : object.entrySet()) {
      json.writeFieldName(member.getKey());
      JsonValues.write(json, member.getValue());
    }
    endLine();
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  public void flush() throws IOException {
    json.flush();
    out.flush();
  }

  static String text(Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      JsonValues.write(json, value);
    }
    return text.toString();
  }

  private static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>(names);
    Set<String> given = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String unique = name;
      for (int i = 1; given.contains(unique) || (i > 1 && taken.contains(unique)); i++) {
        unique = name + "_" + i;
      }
      given.add(unique);
      distinct.add(unique);
    }
    return distinct;
  }

  /** JSON itself escapes only what is below the space. */
  private static final class TerminalEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
      codes[0x7f] = CharacterEscapes.ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int ch) {
      return ch <= Character.MAX_VALUE && ControlCharacters.isControl((char) ch)
          ? new SerializedString(String.format("\\u%04x", ch))
          : null;
    }
  }
}
