package dev.millrace.table;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a table's stream is reached, where its definition says so; what it leaves out is the
 * command's or the catalog's.
 *
 * @param region such as {@code eu-west-1}
 */
public record StreamAccess(
    Optional<String> region, Optional<URI> endpoint, Optional<Role> role, Optional<Keys> keys) {

  /** Everything is the command's or the catalog's. */
  public static final StreamAccess AMBIENT =
      new StreamAccess(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** This, with the other's word for what is left out here. */
  public StreamAccess over(StreamAccess base) {
    return new StreamAccess(
        region.or(base::region),
        endpoint.or(base::endpoint),
        role.or(base::role),
        keys.or(base::keys));
  }

  /** The same without what only those may see who call. */
  public StreamAccess withoutSecrets() {
    Optional<Role> shown =
        role.map(
            known -> new Role(known.arn(), Optional.empty(), known.sessionName(), known.renewal()));
    return new StreamAccess(region, endpoint, shown, Optional.empty());
  }

  /**
   * A role to assume.
   *
   * @param renewal how its session is kept
   */
  public record Role(
      String arn, Optional<String> externalId, Optional<String> sessionName, Renewal renewal) {

    /** With a session as AWS gives it when nothing is asked for. */
    public Role(String arn, Optional<String> externalId, Optional<String> sessionName) {
      this(arn, externalId, sessionName, Renewal.DEFAULT);
    }

    /** Without the external id, which is between two accounts. */
    @Override
    public String toString() {
      return "Role[" + arn + "]";
    }
  }

  /**
   * How a role's session is kept.
   *
   * @param duration how long one lasts
   */
  public record Renewal(Duration duration, When when) {
    /** An hour is what AWS gives when nothing is asked for. */
    public static final Renewal DEFAULT = new Renewal(Duration.ofHours(1), When.NEEDED);

    /** When the next session is opened. */
    public enum When {
      /** By the first call after the session's time is over, which waits for it. */
      NEEDED,
      /** By a thread of its own before that. */
      AHEAD
    }
  }

  /** Static credentials. */
  public record Keys(String accessKey, String secretKey, Optional<String> sessionToken) {
    /** Without what is secret. */
    @Override
    public String toString() {
      return "Keys[" + accessKey + "]";
    }
  }
}
