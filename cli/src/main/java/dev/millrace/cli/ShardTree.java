package dev.millrace.cli;

import dev.millrace.read.Lineage;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A lineage as a tree: children below their parent. A merge's child stands below its first parent
 * and is pointed at from the other.
 */
final class ShardTree {
  private static final BigDecimal ALL_KEYS = new BigDecimal(BigInteger.TWO.pow(128));

  private final Lineage lineage;
  private final StringBuilder drawn = new StringBuilder();
  private final Set<ShardId> seen = new HashSet<>();

  ShardTree(Lineage lineage) {
    this.lineage = lineage;
  }

  String draw() {
    lineage.roots().forEach(root -> draw(root, "", ""));
    return drawn.toString();
  }

  private void draw(Shard shard, String lead, String below) {
    drawn.append(lead).append(shard.id());
    if (!seen.add(shard.id())) {
      drawn.append("  (see above)\n");
      return;
    }
    drawn
        .append(shard.isOpen() ? "  open    " : "  closed  ")
        .append(range(shard.hashKeys()))
        .append(parents(shard))
        .append('\n');
    List<Shard> children = lineage.children(shard.id());
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      draw(children.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  private static String range(HashKeyRange keys) {
    BigDecimal share =
        new BigDecimal(keys.last().subtract(keys.first()).add(BigInteger.ONE))
            .multiply(BigDecimal.valueOf(100))
            .divide(ALL_KEYS, 2, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return share.toPlainString() + " %  " + keys.first() + " to " + keys.last();
  }

  private static String parents(Shard shard) {
    return shard.adjacentParent().map(parent -> "  merged with " + parent).orElse("");
  }
}
