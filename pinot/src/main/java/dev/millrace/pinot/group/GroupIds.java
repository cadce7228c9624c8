package dev.millrace.pinot.group;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which partition group is which shard. Pinot divides an id by 10,000 to find the stream it is of,
 * so that ids stay below; the offsets that are stored for a group carry its shard, which is all
 * that has to be remembered.
 *
 * <p>A shard's id is its number, as in Pinot's own plugin, while that is below 10,000 and free.
 * Otherwise it is the number's last four digits, or the next id that is free. The shards are gone
 * through by number, so that whoever knows the same shards gives the same ids.
 */
final class GroupIds {
  /** The ids that Pinot leaves to one stream. */
  static final int LIMIT = 10_000;

  private static final Pattern NUMBERED = Pattern.compile("shardId-(\\d+)");
  private static final Comparator<ShardId> BY_NUMBER =
      Comparator.comparing(GroupIds::number).thenComparing(Comparator.naturalOrder());

  private GroupIds() {}

  /**
   * The ids of shards.
   *
   * @param given the ids that are given already, of shards that need not be listed any more
   * @param shards the ones that need an id
   */
  static Map<ShardId, Integer> of(Map<ShardId, Integer> given, Collection<Shard> shards) {
    Map<ShardId, Integer> ids = new LinkedHashMap<>(given);
    Set<Integer> taken = new HashSet<>(given.values());
    List<ShardId> fresh =
        shards.stream()
            .map(Shard::id)
            .filter(shard -> !given.containsKey(shard))
            .sorted(BY_NUMBER)
            .toList();
    for (ShardId shard : fresh) {
      int id = free(number(shard), taken);
      ids.put(shard, id);
      taken.add(id);
    }
    return ids;
  }

  private static int free(BigInteger number, Set<Integer> taken) {
    int wanted = number.mod(BigInteger.valueOf(LIMIT)).intValue();
    for (int i = 0; i < LIMIT; i++) {
      int id = (wanted + i) % LIMIT;
      if (!taken.contains(id)) {
        return id;
      }
    }
    throw new MillraceException(
        ErrorCode.USER,
        "All "
            + LIMIT
            + " partition groups that Pinot allows a stream are in use. Shorten the table's"
            + " retention, so that the segments of shards that are long gone are deleted");
  }

  /** The shard whose number an id is, if there is one. */
  static ShardId numbered(int id) {
    return new ShardId("shardId-%012d".formatted(id));
  }

  /** A shard's number; of an id that has none, a number that is always the same. */
  private static BigInteger number(ShardId shard) {
    Matcher numbered = NUMBERED.matcher(shard.value());
    return numbered.matches()
        ? new BigInteger(numbered.group(1))
        : BigInteger.valueOf(Integer.toUnsignedLong(shard.value().hashCode()));
  }
}
