package dev.millrace.pinot.group;

import dev.millrace.table.Start;
import org.apache.pinot.spi.stream.OffsetCriteria;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamConfigProperties;

/**
 * Tells a new table from one that goes on with {@code consumeFrom}: Pinot names no group in both
 * cases.
 *
 * <p>Where it goes on, Pinot puts that word in the place of the table's own criteria. Where the
 * word is what the table says anyway, nothing in the call tells them apart but who calls: Pinot's
 * repair of all partitions, or who makes a table. The repair also asks for a stream that was added
 * to a table, without a word of anybody's: it then puts one constant there, which is nobody else's.
 */
final class Beginnings {
  private static final String REPAIR = "ensureAllPartitionsConsuming";

  private Beginnings() {}

  static Beginning of(StreamConfig configs, Start start) {
    OffsetCriteria asked = configs.getOffsetCriteria();
    if (isRepairsOwn(asked)) {
      return new Beginning.New(start);
    }
    boolean isAgain = !asked.equals(written(configs)) || isRepair();
    if (isAgain && asked.isSmallest()) {
      return new Beginning.AgainFromOldest();
    }
    return isAgain && asked.isLargest() ? new Beginning.AgainFromNow() : new Beginning.New(start);
  }

  /** Whether Pinot asks while it repairs, of its own accord and not because a user resumes. */
  @SuppressWarnings("ReferenceEquality") // An equal one can be a user's word.
  static boolean isRepairsOwn(OffsetCriteria asked) {
    return asked == OffsetCriteria.SMALLEST_OFFSET_CRITERIA;
  }

  /** What Pinot makes of the table's own key. */
  private static OffsetCriteria written(StreamConfig configs) {
    String key =
        StreamConfigProperties.constructStreamProperty(
            configs.getType(), StreamConfigProperties.STREAM_CONSUMER_OFFSET_CRITERIA);
    String text = configs.getStreamConfigsMap().get(key);
    OffsetCriteria.OffsetCriteriaBuilder criteria = new OffsetCriteria.OffsetCriteriaBuilder();
    return text == null ? criteria.withOffsetLargest() : criteria.withOffsetString(text);
  }

  private static boolean isRepair() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().contains(REPAIR)));
  }
}
