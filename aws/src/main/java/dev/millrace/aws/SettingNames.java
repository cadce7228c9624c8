package dev.millrace.aws;

/** What a home calls its settings, for messages that say which one to look at. */
public enum SettingNames {
  /** The command line's options. */
  COMMAND("--region", "--profile", "--endpoint-url", "'millrace streams'"),
  /** The properties of an engine's catalog. */
  CATALOG(
      "kinesis.aws-region",
      "kinesis.aws-profile",
      "kinesis.endpoint-url",
      "the catalog's table system.streams");

  private final String region;
  private final String profile;
  private final String endpoint;
  private final String streams;

  SettingNames(String region, String profile, String endpoint, String streams) {
    this.region = region;
    this.profile = profile;
    this.endpoint = endpoint;
    this.streams = streams;
  }

  /** Puts the names in the place of {@code {region}} and the like. */
  String in(String text) {
    return text.replace("{region}", region)
        .replace("{profile}", profile)
        .replace("{endpoint}", endpoint)
        .replace("{streams}", streams);
  }
}
