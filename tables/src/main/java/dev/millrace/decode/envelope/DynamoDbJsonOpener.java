package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;
import dev.millrace.table.mapping.JsonPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * DynamoDB's typed JSON. It stands in a change record's items, {@code Keys}, {@code NewImage} and
 * {@code OldImage}, or the whole message is an item, which is one where each of its members is a
 * typed value. Elsewhere {@code {"S": "x"}} is an object like any other.
 */
final class DynamoDbJsonOpener implements Opener {
  private static final List<JsonPath> ITEMS =
      Stream.of("dynamodb/Keys", "dynamodb/NewImage", "dynamodb/OldImage")
          .flatMap(path -> Stream.of(path, path.substring("dynamodb/".length())))
          .map(JsonPath::parse)
          .toList();

  private final JsonScanner scanner = new JsonScanner();
  private final JsonPlaces places = new JsonPlaces(ITEMS);
  private final TypedJson typed = new TypedJson(scanner);

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    scanner.reset(buffer, offset, length);
    typed.begin(buffer, context.left());
    boolean changed;
    try {
      if (scanner.atEnd()) {
        inner.damaged(Broken.EMPTY);
        return;
      }
      changed = whole(offset + length) || images(buffer, offset, length);
    } catch (JsonSyntaxException e) {
      context.waste(typed.written());
      inner.damaged(Broken.at(e));
      return;
    }
    if (typed.isTooLarge()) {
      context.waste(typed.written());
      inner.damaged(context.tooLarge());
    } else if (changed) {
      context.spend(typed.written());
      inner.message(typed.bytes(), 0, typed.length());
    } else {
      inner.message(buffer, offset, length);
    }
  }

  private boolean whole(int end) {
    if (scanner.peek() != '{' || !typed.item()) {
      return false;
    }
    typed.copy(scanner.position(), end);
    return true;
  }

  private boolean images(byte[] buffer, int offset, int length) {
    scanner.reset(buffer, offset, length);
    places.find(scanner);
    List<Range> items = new ArrayList<>();
    for (int i = 0; i < ITEMS.size(); i++) {
      Range place = places.place(i);
      if (!place.isNone() && buffer[place.start()] == '{') {
        items.add(place);
      }
    }
    items.sort(Comparator.comparingInt(Range::start));
    typed.forget();
    int done = offset;
    for (Range item : items) {
      typed.copy(done, item.start());
      scanner.reset(buffer, item.start(), item.length());
      typed.image();
      done = item.end();
    }
    typed.copy(done, offset + length);
    return !items.isEmpty();
  }
}
