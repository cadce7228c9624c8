package dev.millrace.infer;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What JSON a message is, without what is in it. */
final class JsonLook {
  private JsonLook() {}

  /** What a message is as JSON. */
  enum Kind {
    OBJECT,
    ARRAY,
    /** A text, number, boolean or null. */
    SCALAR,
    /** Several objects. */
    OBJECTS,
    NONE
  }

  static Kind of(Message message) {
    JsonScanner scanner = new JsonScanner();
    scanner.reset(message.bytes(), 0, message.bytes().length);
    try {
      byte first = scanner.peek();
      scanner.skipValue();
      if (scanner.atEnd()) {
        return first == '{' ? Kind.OBJECT : first == '[' ? Kind.ARRAY : Kind.SCALAR;
      }
      boolean objects = first == '{';
      while (objects && !scanner.atEnd()) {
        objects = scanner.peek() == '{';
        scanner.skipValue();
      }
      return objects ? Kind.OBJECTS : Kind.NONE;
    } catch (JsonSyntaxException e) {
      return Kind.NONE;
    }
  }

  /** Whether the message is an array with nothing in it but objects. */
  static boolean isArrayOfObjects(Message message) {
    JsonScanner scanner = new JsonScanner();
    scanner.reset(message.bytes(), 0, message.bytes().length);
    try {
      if (scanner.peek() != '[') {
        return false;
      }
      boolean objects = true;
      for (boolean more = scanner.enterArray(); more; more = scanner.nextElement()) {
        objects &= scanner.peek() == '{';
        scanner.skipValue();
      }
      return objects && scanner.atEnd();
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  /** The names in the object that the message is; none where it is something else. */
  static Set<String> names(Message message) {
    Set<String> names = new HashSet<>();
    JsonScanner scanner = new JsonScanner();
    scanner.reset(message.bytes(), 0, message.bytes().length);
    try {
      if (scanner.peek() != '{') {
        return names;
      }
      for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
        scanner.name();
        int start = scanner.tokenStart();
        names.add(
            new String(message.bytes(), start, scanner.tokenEnd() - start, StandardCharsets.UTF_8));
        scanner.skipValue();
      }
      return scanner.atEnd() ? names : Set.of();
    } catch (JsonSyntaxException e) {
      return Set.of();
    }
  }
}
