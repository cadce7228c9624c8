package dev.millrace.table.json;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a table's stream is reached. */
final class AccessReader {
  static final String REGION_SHAPE = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
  static final String ROLE_SHAPE = "arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+";
  static final String EXTERNAL_ID_SHAPE = "[A-Za-z0-9_+=,.@:/-]{2,1224}";
  static final String SESSION_NAME_SHAPE = "[A-Za-z0-9_+=,.@-]{2,64}";

  private static final Pattern REGION = Pattern.compile(REGION_SHAPE);
  private static final Pattern ROLE = Pattern.compile(ROLE_SHAPE);
  private static final Pattern EXTERNAL_ID = Pattern.compile(EXTERNAL_ID_SHAPE);
  private static final Pattern SESSION_NAME = Pattern.compile(SESSION_NAME_SHAPE);
  private static final Pattern WEB_ADDRESS = Pattern.compile("https?", Pattern.CASE_INSENSITIVE);

  private final DefinitionObject table;

  AccessReader(DefinitionObject table) {
    this.table = table;
  }

  StreamAccess read(Optional<StreamRef> stream) {
    Optional<String> region =
        table.text(DefinitionKey.REGION, REGION, "a region's name, such as eu-west-1");
    region.ifPresent(name -> stream.ifPresent(ref -> compare(name, ref)));
    Optional<URI> endpoint = table.text(DefinitionKey.ENDPOINT).flatMap(this::endpoint);
    return new StreamAccess(region, endpoint, role(), Optional.empty());
  }

  private void compare(String region, StreamRef stream) {
    Optional<String> ofArn = stream.arn().flatMap(AccessReader::region);
    if (ofArn.isPresent() && !ofArn.get().equals(region)) {
      table.error(
          DefinitionKey.REGION.key,
          "'"
              + region
              + "' contradicts the ARN in streamName, which says '"
              + ofArn.get()
              + "'. Remove this key, or change one of the two");
    }
  }

  private static Optional<String> region(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length > 3 ? Optional.of(parts[3]) : Optional.empty();
  }

  /** A message shows no address, for one with a password in it is a likely mistake. */
  private Optional<URI> endpoint(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getUserInfo() != null) {
        table.error(
            DefinitionKey.ENDPOINT.key,
            "the address names a user; "
                + CredentialKey.ADVICE.replace("Remove the key", "Remove it"));
        return Optional.empty();
      }
      if (uri.getHost() != null && WEB_ADDRESS.matcher(uri.getScheme()).matches()) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // The same is wrong as with an address that has no host.
    }
    table.error(
        DefinitionKey.ENDPOINT.key,
        (text.indexOf('@') < 0 ? "'" + text + "'" : "this")
            + " is not an address; write http:// or https:// and a host, as in"
            + " https://kinesis.eu-west-1.amazonaws.com");
    return Optional.empty();
  }

  private Optional<Role> role() {
    Optional<String> arn =
        table.text(
            DefinitionKey.ROLE_ARN, ROLE, "a role's ARN, arn:PARTITION:iam::ACCOUNT:role/NAME");
    Optional<String> externalId = ofRole(DefinitionKey.EXTERNAL_ID, EXTERNAL_ID, "2 to 1224");
    Optional<String> sessionName = ofRole(DefinitionKey.ROLE_SESSION_NAME, SESSION_NAME, "2 to 64");
    return arn.map(value -> new Role(value, externalId, sessionName));
  }

  private Optional<String> ofRole(DefinitionKey key, Pattern shape, String length) {
    Optional<String> value =
        table.text(
            key,
            shape,
            "allowed here: "
                + length
                + " letters, digits and characters of _+=,.@-"
                + (key == DefinitionKey.EXTERNAL_ID ? ":/" : ""));
    if (value.isPresent() && !table.node().hasNonNull(DefinitionKey.ROLE_ARN.key)) {
      table.error(key.key, "this has no effect without roleArn. Write it, or remove this key");
    }
    return value;
  }
}
