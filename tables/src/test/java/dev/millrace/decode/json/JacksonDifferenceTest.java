package dev.millrace.decode.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The scanner beside Jackson over random documents and damaged ones: both accept and see the same
 * values, or both refuse. Documents are objects of valid UTF-8, because Jackson guesses at other
 * encodings and asks for white space between values at the top.
 */
class JacksonDifferenceTest {
  private static final long SEED = Long.getLong("millrace.seed", 20_260_101L);
  private static final int DOCUMENTS = 3_000;
  private static final int DAMAGES = 12;

  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private final JsonScanner scanner = new JsonScanner();
  private final StringUnescaper unescaper = new StringUnescaper();

  @Test
  void randomDocuments_areReadAsJacksonReadsThem() {
    Random random = new Random(SEED);
    for (int i = 0; i < DOCUMENTS; i++) {
      String json = RandomJson.object(random);
      List<String> expected = jackson(json);
      assertThat(expected).as("seed %d: %s", SEED, json).isNotNull().doesNotContain("refused");
      assertThat(ours(json)).as("seed %d: %s", SEED, json).isEqualTo(expected);
    }
  }

  @Test
  void damagedDocuments_areRefusedWhereJacksonRefusesThem() {
    Random random = new Random(SEED + 1);
    int refused = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String json = RandomJson.object(random);
      for (int j = 0; j < DAMAGES; j++) {
        String damaged = RandomJson.damage(random, json);
        List<String> expected = jackson(damaged);
        refused += expected.contains("refused") ? 1 : 0;
        assertThat(ours(damaged)).as("seed %d: %s", SEED, damaged).isEqualTo(expected);
        assertThat(skips(damaged))
            .as("seed %d, skipping: %s", SEED, damaged)
            .isEqualTo(!expected.contains("refused"));
      }
    }
    assertThat(refused).isGreaterThan(DOCUMENTS);
  }

  private boolean skips(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    scanner.reset(bytes, 0, bytes.length);
    try {
      while (!scanner.atEnd()) {
        scanner.skipValue();
      }
      return true;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  private List<String> ours(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    List<String> tokens = new ArrayList<>();
    scanner.reset(bytes, 0, bytes.length);
    try {
      while (!scanner.atEnd()) {
        value(tokens);
      }
      return tokens;
    } catch (JsonSyntaxException e) {
      return List.of("refused");
    }
  }

  private void value(List<String> tokens) {
    byte first = scanner.peek();
    if (first == '{') {
      tokens.add("{");
      for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
        scanner.name();
        tokens.add("name " + token());
        value(tokens);
      }
      tokens.add("}");
    } else if (first == '[') {
      tokens.add("[");
      for (boolean more = scanner.enterArray(); more; more = scanner.nextElement()) {
        value(tokens);
      }
      tokens.add("]");
    } else if (first == '"') {
      scanner.string();
      tokens.add("text " + token());
    } else if (first == '-' || (first >= '0' && first <= '9')) {
      NumberLiteral number = new NumberLiteral();
      scanner.number(number);
      tokens.add("number " + number);
    } else {
      tokens.add("literal " + (char) scanner.literal());
    }
  }

  /** The token as text; half of a pair, which Jackson lets through, stays as it is written. */
  private String token() {
    int start = scanner.tokenStart();
    int end = scanner.tokenEnd();
    String written = new String(scanner.buffer(), start, end - start, StandardCharsets.UTF_8);
    if (!scanner.tokenEscaped()) {
      assertThat(scanner.tokenAscii()).isEqualTo(written.chars().allMatch(c -> c < 0x80));
      return written;
    }
    return unescaper.unescape(scanner.buffer(), start, end)
        ? new String(unescaper.bytes(), 0, unescaper.length(), StandardCharsets.UTF_8)
        : "half a pair";
  }

  private static List<String> jackson(String json) {
    List<String> tokens = new ArrayList<>();
    try (JsonParser parser = JACKSON.createParser(json.getBytes(StandardCharsets.UTF_8))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        tokens.add(
            switch (token) {
              case START_OBJECT, END_OBJECT, START_ARRAY, END_ARRAY -> token.asString();
              case FIELD_NAME -> "name " + whole(parser.currentName());
              case VALUE_STRING -> "text " + whole(parser.getText());
              case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + parser.getText();
              default -> "literal " + token.asString().charAt(0);
            });
      }
      return tokens;
    } catch (IOException e) {
      return List.of("refused");
    }
  }

  private static String whole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : "half a pair";
  }
}
