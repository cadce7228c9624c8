package dev.millrace.table.json;

import java.util.List;
import java.util.Locale;

/** Tells keys that someone put a secret under. */
final class CredentialKey {
  private static final List<String> MARKS =
      List.of("accesskey", "secret", "sessiontoken", "securitytoken", "password", "credential");

  static final String ADVICE =
      "credentials do not belong in a definition file, and these are not used. Remove the key; name"
          + " a role with roleArn, or give credentials in the environment, an AWS profile or the"
          + " engine's catalog properties";

  private CredentialKey() {}

  static boolean matches(String key) {
    String letters = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return MARKS.stream().anyMatch(letters::contains);
  }
}
