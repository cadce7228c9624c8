package dev.millrace.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/**
 * JSON text inside of a row. It is read and written anew, token by token: what it holds gets the
 * escapes and the single line of the rest, and what the database takes for JSON beyond the standard
 * (NaN, a comma before a bracket) becomes standard.
 */
final class EmbeddedJson {
  /** Deeper than the database nests; the rest is as long as a value can be. */
  private static final int MAX_DEPTH = 10_000;

  private static final JsonFactory LENIENT =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          // Names are the data's, of any number: not worth a cache.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private EmbeddedJson() {}

  /** Writes the text's one value, or the text as a string where it is not one value. */
  static void write(JsonGenerator json, String text) throws IOException {
    // Checked first: a generator cannot take back half a value.
    if (isOneValue(text)) {
      try (JsonParser parser = LENIENT.createParser(text)) {
        while (parser.nextToken() != null) {
          copy(parser, json);
        }
      }
    } else {
      json.writeString(text);
    }
  }

  private static boolean isOneValue(String text) throws IOException {
    try (JsonParser parser = LENIENT.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      // Reads strings to their end, which skipping would not.
      parser.finishToken();
      int depth = parser.currentToken().isStructStart() ? 1 : 0;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return false;
        }
        parser.finishToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return parser.nextToken() == null;
    } catch (JsonParseException | StreamConstraintsException e) {
      return false;
    }
  }

  private static void copy(JsonParser parser, JsonGenerator json) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      String number = parser.getText();
      // By its digits, which no number type holds all; only NaN and the infinities have none.
      if (Character.isDigit(number.charAt(number.length() - 1))) {
        json.writeNumber(number);
      } else {
        json.writeString(number);
      }
    } else {
      json.copyCurrentEvent(parser);
    }
  }
}
