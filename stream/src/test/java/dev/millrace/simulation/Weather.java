package dev.millrace.simulation;

import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import java.util.ArrayList;
import java.util.List;

/** What befalls calls whatever they ask for: single failures, and stretches of them. */
final class Weather {
  private record Storm(Fault fault, long from, long to) {
    boolean rages(long millis) {
      return from <= millis && millis < to;
    }
  }

  private final Faults faults;
  private final List<Storm> storms = new ArrayList<>();

  Weather(Dice dice, Faults faults, World world) {
    this.faults = faults;
    for (Fault fault : List.of(Fault.OUTAGE, Fault.CREDENTIALS_EXPIRED, Fault.THROTTLE)) {
      if (faults.isEnabled(fault) && dice.chance(0.9)) {
        long from = world.readFrom() + dice.between(0L, (world.end() - world.readFrom()) / 2);
        storms.add(new Storm(fault, from, from + dice.skewed(200, 30_000)));
      }
    }
  }

  /** Fails where the weather is bad now. */
  void check(long millis) {
    for (Storm storm : storms) {
      if (storm.rages(millis)) {
        throw met(storm.fault());
      }
    }
    for (Fault fault : List.of(Fault.THROTTLE, Fault.RESET, Fault.SERVER_ERROR)) {
      if (faults.strikes(fault)) {
        throw failure(fault);
      }
    }
  }

  KinesisException met(Fault fault) {
    faults.met(fault);
    return failure(fault);
  }

  static KinesisException failure(Fault fault) {
    return new KinesisException(kind(fault), "simulated: " + fault, null);
  }

  private static Kind kind(Fault fault) {
    return switch (fault) {
      case THROTTLE, OWN_LIMIT -> Kind.THROTTLED;
      case CREDENTIALS_EXPIRED -> Kind.CREDENTIALS_EXPIRED;
      case ITERATOR_SPURIOUSLY_EXPIRED, ITERATOR_TIMED_OUT -> Kind.ITERATOR_EXPIRED;
      case TOKEN_EXPIRED -> Kind.TOKEN_EXPIRED;
      case SHARD_VANISHED, CONSUMER_GONE -> Kind.NOT_FOUND;
      case PUSH_IN_USE, PUSH_TAKEN_OVER -> Kind.IN_USE;
      default -> Kind.UNAVAILABLE;
    };
  }
}
