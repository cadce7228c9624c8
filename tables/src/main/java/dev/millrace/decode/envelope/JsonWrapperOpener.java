package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;
import dev.millrace.table.Envelope;
import dev.millrace.table.mapping.JsonPath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document around messages. A first walk checks all of it and finds the array of rows, a
 * second goes from element to element.
 */
final class JsonWrapperOpener implements Opener {
  private static final JsonPath NOWHERE = new JsonPath(List.of());
  private static final int ROWS = 0;
  private static final int MESSAGE = 1;

  private final JsonScanner scanner = new JsonScanner();
  private final JsonText text = new JsonText();
  private final JsonPlaces inDocument;
  private final JsonPlaces inElement;
  private final boolean hasRows;
  private final byte expected;
  private final MessageAt messageAt;
  private final String messagePath;

  /** Where the message of a row is. */
  private enum MessageAt {
    WHOLE_DOCUMENT,
    DOCUMENT,
    ELEMENT
  }

  JsonWrapperOpener(Envelope.JsonWrapper wrapper) {
    Optional<JsonPath> rows = wrapper.rows().map(JsonPath::parseOrWhole);
    Optional<JsonPath> message = wrapper.message().map(JsonPath::parseOrWhole);
    Optional<JsonPath> below = rows.flatMap(path -> message.flatMap(m -> m.below(path)));
    this.hasRows = rows.isPresent();
    this.messagePath = wrapper.message().orElse("");
    this.messageAt =
        message.isEmpty()
            ? MessageAt.WHOLE_DOCUMENT
            : below.isPresent() ? MessageAt.ELEMENT : MessageAt.DOCUMENT;
    this.inDocument = new JsonPlaces(List.of(rows.orElse(NOWHERE), message.orElse(NOWHERE)));
    this.inElement = new JsonPlaces(List.of(below.orElse(NOWHERE)));
    this.expected = expected(rows.or(() -> message).orElse(NOWHERE));
  }

  /** What a document that has something at the path begins with; 0 for anything. */
  private static byte expected(JsonPath path) {
    if (path.steps().isEmpty()) {
      return 0;
    }
    return (byte) (path.steps().get(0) instanceof JsonPath.Name ? '{' : '[');
  }

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    context.wrapper().clear();
    scanner.reset(buffer, offset, length);
    Range document;
    String rest;
    try {
      if (scanner.atEnd()) {
        inner.damaged(Broken.EMPTY);
        return;
      }
      int start = scanner.position();
      byte first = scanner.peek();
      inDocument.find(scanner);
      document = new Range(start, scanner.position());
      rest = scanner.atEnd() ? null : Broken.moreFollows(scanner, offset);
      if (expected != 0 && first != expected) {
        inner.damaged("the envelope is no JSON " + (expected == '{' ? "object" : "array"));
        return;
      }
    } catch (JsonSyntaxException e) {
      inner.damaged(Broken.at(e));
      return;
    }
    if (hasRows) {
      new Rows(buffer, document, context, inner).all();
      context.wrapper().clear();
      if (rest != null) {
        inner.damaged(rest);
      }
    } else {
      if (rest != null) {
        context.incomplete(rest);
      }
      context.wrapper().view(buffer, document);
      new Rows(buffer, document, context, inner).message();
      context.wrapper().clear();
    }
  }

  /** The rows of one document. */
  private final class Rows {
    private final byte[] buffer;
    private final Range document;
    private final MessageContext context;
    private final Messages inner;

    Rows(byte[] buffer, Range document, MessageContext context, Messages inner) {
      this.buffer = buffer;
      this.document = document;
      this.context = context;
      this.inner = inner;
    }

    void all() {
      Range array = inDocument.place(ROWS);
      if (array.isNone() || buffer[array.start()] == 'n') {
        return;
      }
      scanner.reset(buffer, array.start(), array.length());
      if (scanner.peek() != '[') {
        give(enter(array, element()));
        return;
      }
      int given = 0;
      for (boolean more = scanner.enterArray(); more; more = scanner.nextElement()) {
        String problem = enter(array, element());
        if (problem != null) {
          give(leftOut(given) + problem);
          return;
        }
        give(null);
        given++;
      }
    }

    /** Counts the element that the scanner is behind, and those that follow it. */
    private String leftOut(int given) {
      int elements = given + 1;
      while (scanner.nextElement()) {
        scanner.skipValue();
        elements++;
      }
      return String.format(
          Locale.ROOT, "%,d of %,d elements are left out: ", elements - given, elements);
    }

    private Range element() {
      scanner.peek();
      int start = scanner.position();
      inElement.find(scanner);
      return new Range(start, scanner.position());
    }

    /** Shows a row's document; gives null, or why neither it nor a later one can be read. */
    private @Nullable String enter(Range array, Range element) {
      context.wrapper().view(buffer, document, array, element);
      if (messageAt == MessageAt.WHOLE_DOCUMENT) {
        return context.wrapper().open();
      }
      // A long message that is repeated for each of many rows is as much work as a copy.
      return messageAt == MessageAt.DOCUMENT && !context.spend(inDocument.place(MESSAGE).length())
          ? context.tooLarge()
          : null;
    }

    private void give(@Nullable String problem) {
      if (problem == null) {
        message();
      } else {
        inner.damaged(problem);
      }
    }

    void message() {
      Wrapper wrapper = context.wrapper();
      switch (messageAt) {
        case WHOLE_DOCUMENT -> inner.message(wrapper.buffer(), wrapper.offset(), wrapper.length());
        case DOCUMENT -> text(inDocument.place(MESSAGE));
        case ELEMENT -> text(inElement.place(0));
      }
    }

    private void text(Range place) {
      if (place.isNone() || buffer[place.start()] == 'n') {
        inner.damaged("the envelope has no message at " + messagePath);
        return;
      }
      String problem = text.read(buffer, place, context);
      if (problem == null) {
        inner.message(text.buffer(), text.offset(), text.length());
      } else {
        inner.damaged(problem);
      }
    }
  }
}
