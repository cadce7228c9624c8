package dev.millrace.read;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a consumer of ours. It says which process registered it, so that what a killed one
 * left behind can be told from what is in use.
 *
 * @param number tells the consumers of one process apart, from 0
 * @param pid the process
 * @param started when the process started, in whole seconds: process numbers are used again
 * @param host where it ran, as far as a name can say it
 */
public record ConsumerName(int number, long pid, Instant started, String host) {
  private static final Pattern FORM =
      Pattern.compile("millrace-(\\d{1,4})-(\\d{1,18})-(\\d{1,12})-([a-zA-Z0-9_.-]{1,64})");
  private static final int MAX_HOST = 64;

  public ConsumerName {
    started = Instant.ofEpochSecond(started.getEpochSecond());
    String allowed = host.replaceAll("[^a-zA-Z0-9_.-]", "-");
    host = allowed.isEmpty() ? "-" : allowed.substring(0, Math.min(MAX_HOST, allowed.length()));
  }

  /** A consumer's name as one of ours; empty where somebody else made it. */
  public static Optional<ConsumerName> parse(String name) {
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ConsumerName(
            Integer.parseInt(form.group(1)),
            Long.parseLong(form.group(2)),
            Instant.ofEpochSecond(Long.parseLong(form.group(3))),
            form.group(4)));
  }

  /** As the service takes it: letters, digits, {@code _.-}, at most 128. */
  public String value() {
    return "millrace-" + number + "-" + pid + "-" + started.getEpochSecond() + "-" + host;
  }

  /**
   * Whether the process that registered it is the given one's host, and gone.
   *
   * @param here the name a consumer of this very process would have: its host
   * @param startOf when the process of a number started, if there is one
   */
  public boolean isLeftover(
      String here, java.util.function.LongFunction<Optional<Instant>> startOf) {
    String thisHost = new ConsumerName(0, 0, Instant.EPOCH, here).host();
    if (!host.equals(thisHost)) {
      return false;
    }
    Optional<Instant> running = startOf.apply(pid);
    return running.isEmpty()
        || Math.abs(running.get().getEpochSecond() - started.getEpochSecond()) > 2;
  }

  @Override
  public String toString() {
    return value();
  }
}
