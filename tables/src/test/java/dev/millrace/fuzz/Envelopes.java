package dev.millrace.fuzz;

import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.JsonWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A stack of envelopes at random.
 *
 * @param fitting whether each can hold what is inside of it
 */
record Envelopes(List<Envelope> outsideIn, boolean fitting) {
  private static final int MOST = 3;

  static Envelopes any(Dice dice, Content innermost, boolean named, boolean glue) {
    List<Envelope> insideOut = new ArrayList<>();
    Content content = innermost;
    if (glue) {
      insideOut.add(new Envelope.GlueHeader());
      content = Content.BYTES;
    }
    int count = dice.oneIn(3) ? 0 : 1 + dice.below(MOST);
    boolean holdsMessage = false;
    boolean fitting = true;
    while (insideOut.size() < count) {
      Envelope envelope = one(dice);
      boolean another = holdsMessage(envelope);
      boolean misleads = named && envelope instanceof Envelope.GlueHeader;
      boolean suits = !misleads && (takes(envelope, content) || dice.oneIn(12));
      if (suits && !(another && holdsMessage)) {
        insideOut.add(envelope);
        fitting &= takes(envelope, content);
        holdsMessage |= another;
        content = made(envelope, content);
      }
    }
    Collections.reverse(insideOut);
    return new Envelopes(insideOut, fitting);
  }

  private static Envelope one(Dice dice) {
    return switch (dice.below(10)) {
      case 0, 1 -> new Envelope.Compressed(dice.any(dev.millrace.table.Compression.values()));
      case 2, 3 -> new Envelope.Base64();
      case 4 -> new Envelope.GlueHeader();
      case 5 -> new Envelope.CloudWatchLogs();
      case 6 -> new Envelope.JsonLines();
      case 7 -> new Envelope.Lines();
      case 8 -> new Envelope.DynamoDbJson();
      default -> wrapper(dice);
    };
  }

  private static Envelope wrapper(Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> new JsonWrapper(Optional.empty(), Optional.empty());
      case 1 ->
          new JsonWrapper(
              Optional.empty(), Optional.of(dice.any("msg", "detail/msg", "a[1]", "[1]")));
      case 2 -> new JsonWrapper(Optional.of("rows"), Optional.of("rows/msg"));
      case 3 -> new JsonWrapper(Optional.of("rows"), Optional.of("msg"));
      case 4 -> new JsonWrapper(Optional.of("rows"), Optional.of("rows"));
      default -> new JsonWrapper(Optional.of(dice.any("rows", "c0")), Optional.empty());
    };
  }

  static boolean holdsMessage(Envelope envelope) {
    return envelope instanceof Envelope.CloudWatchLogs
        || (envelope instanceof JsonWrapper wrapper && wrapper.message().isPresent());
  }

  static boolean isAround(Envelope envelope) {
    return envelope instanceof Envelope.CloudWatchLogs || envelope instanceof JsonWrapper;
  }

  /** Whether the message's envelope has members besides it, which columns may have. */
  static boolean isRead(Envelope envelope) {
    return holdsMessage(envelope)
        && !(envelope instanceof JsonWrapper wrapper
            && wrapper.message().orElseThrow().startsWith("["));
  }

  private static boolean takes(Envelope envelope, Content content) {
    if (envelope instanceof Envelope.CloudWatchLogs || envelope instanceof Envelope.Lines) {
      return content != Content.BYTES;
    } else if (envelope instanceof JsonWrapper wrapper) {
      return wrapper.message().isPresent() ? content != Content.BYTES : content == Content.JSON;
    }
    return content == Content.JSON
        || !(envelope instanceof Envelope.JsonLines || envelope instanceof Envelope.DynamoDbJson);
  }

  private static Content made(Envelope envelope, Content content) {
    if (envelope instanceof Envelope.Compressed compressed) {
      return compressed.compression() == dev.millrace.table.Compression.UNCOMPRESSED
          ? content
          : Content.BYTES;
    } else if (envelope instanceof Envelope.GlueHeader) {
      return Content.BYTES;
    } else if (isAround(envelope) || envelope instanceof Envelope.DynamoDbJson) {
      return Content.JSON;
    }
    return Content.TEXT;
  }
}
