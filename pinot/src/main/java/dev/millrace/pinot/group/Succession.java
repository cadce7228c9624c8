package dev.millrace.pinot.group;

import dev.millrace.read.Lineage;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which shards come after the ones that are consumed: those whose parents were all consumed to
 * their end. A parent that retention took blocks nobody. What lies before a shard that has a group
 * was consumed, or left out on purpose, before that: its segments may be deleted already, and it is
 * not read again.
 */
final class Succession {
  private final Lineage lineage;
  private final Map<ShardId, Group> groups;
  private final BiPredicate<Group, Shard> isConsumed;
  private final Set<ShardId> before;

  /**
   * @param isConsumed whether a group's shard was consumed to its end
   */
  Succession(Lineage lineage, Collection<Group> groups, BiPredicate<Group, Shard> isConsumed) {
    this.lineage = lineage;
    this.groups =
        groups.stream()
            .collect(Collectors.toMap(Group::shard, Function.identity(), Succession::later));
    this.isConsumed = isConsumed;
    this.before = new HashSet<>(lineage.ancestors(this.groups.keySet()));
  }

  /** Two groups of one shard can only be of Pinot's own making; the one that is further counts. */
  private static Group later(Group one, Group other) {
    return one.stand().compareTo(other.stand()) >= 0 ? one : other;
  }

  /** The groups that go on: those whose shard is there and has something left. */
  List<Group> goingOn(Collection<Group> all) {
    return all.stream()
        .filter(
            group ->
                lineage
                    .find(group.shard())
                    .filter(shard -> !isConsumed.test(group, shard))
                    .isPresent())
        .toList();
  }

  /** The shards without a group that may have one now. */
  List<Shard> next() {
    return lineage.shards().stream()
        .filter(shard -> !groups.containsKey(shard.id()) && !before.contains(shard.id()))
        .filter(shard -> lineage.parents(shard).stream().allMatch(this::isBehind))
        .toList();
  }

  private boolean isBehind(Shard parent) {
    Group group = groups.get(parent.id());
    return group == null ? before.contains(parent.id()) : isConsumed.test(group, parent);
  }
}
