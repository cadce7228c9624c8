package dev.millrace.simulation;

import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardPage;
import java.util.List;
import java.util.Optional;

/** The service's listing: pages, tokens that expire, and a view that is late for some reshards. */
final class Listing {
  private final World world;
  private final Faults faults;
  private final int pageSize;

  Listing(World world, Faults faults, Dice dice) {
    this.world = world;
    this.faults = faults;
    this.pageSize = dice.between(1, 5);
  }

  /** A token is the ordinal of the last shard of the page before. */
  ShardPage page(ShardFilter filter, Optional<String> token, long millis) {
    if (token.isPresent() && faults.strikes(Fault.TOKEN_EXPIRED, 4)) {
      throw Weather.failure(Fault.TOKEN_EXPIRED);
    }
    int after = token.map(Integer::parseInt).orElse(-1);
    if (world.shards().stream().anyMatch(s -> s.openedAt <= millis && s.listedAt > millis)) {
      faults.met(Fault.LISTING_LAGS);
    }
    List<WorldShard> left =
        world.shards().stream()
            .filter(shard -> shard.ordinal > after)
            .filter(shard -> isListed(shard, filter, millis))
            .toList();
    List<WorldShard> page = left.subList(0, Math.min(pageSize, left.size()));
    Optional<String> next =
        page.size() < left.size()
            ? Optional.of(Integer.toString(page.get(page.size() - 1).ordinal))
            : Optional.empty();
    return new ShardPage(page.stream().map(shard -> shard.listed(millis)).toList(), next);
  }

  private boolean isListed(WorldShard shard, ShardFilter filter, long millis) {
    if (shard.listedAt > millis || world.isVanished(shard, millis)) {
      return false;
    }
    if (filter instanceof ShardFilter.AtLatest) {
      return !shard.isListedClosed(millis);
    }
    return !(filter instanceof ShardFilter.FromTimestamp from)
        || !shard.isListedClosed(millis)
        || shard.closedAt >= Scheduler.millisOf(from.time());
  }
}
