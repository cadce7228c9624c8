package dev.millrace.connector.option;

import dev.millrace.connector.option.SessionProperty.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of a session: those of the catalog that a session can set, and the old names. */
final class SessionProperties {
  static final String START_FROM_TIMESTAMP = "start_from_timestamp";
  static final String STARTING_OFFSET_SECONDS = "starting_offset_seconds";
  static final String STARTING_TIMESTAMP = "starting_timestamp";

  /** presto-kinesis's names, and what Trino's connector called the same. */
  static final Map<String, String> OF_PRESTO =
      Map.of(
          "checkpoint-enabled", "checkpoint_enabled",
          "iter_from_timestamp", START_FROM_TIMESTAMP,
          "iter_offset_seconds", STARTING_OFFSET_SECONDS,
          "iter_start_timestamp", STARTING_TIMESTAMP);

  /** What both wrote for no time at all. */
  static final String UNSET_TIMESTAMP = "2000-01-01 00:00:00.000";

  private SessionProperties() {}

  static List<SessionProperty> all() {
    List<SessionProperty> all = new ArrayList<>();
    for (Property<?> property : CatalogProperties.ALL) {
      property
          .session()
          .ifPresent(
              name ->
                  all.add(
                      new SessionProperty(
                          name, property.kind().type(), property.meaning(), Visibility.LISTED)));
    }
    old(all, "checkpoint-enabled", SessionProperty.Type.BOOLEAN, "Now checkpoint_enabled.");
    for (String[] names :
        new String[][] {
          {START_FROM_TIMESTAMP, STARTING_OFFSET_SECONDS, STARTING_TIMESTAMP},
          {"iter_from_timestamp", "iter_offset_seconds", "iter_start_timestamp"}
        }) {
      old(all, names[0], SessionProperty.Type.BOOLEAN, "Now start: false is trim-horizon.");
      old(all, names[1], SessionProperty.Type.LONG, "Now start: the number, followed by s.");
      old(
          all,
          names[2],
          SessionProperty.Type.TEXT,
          "Now start: the same time, in UTC or with a zone.");
    }
    return List.copyOf(all);
  }

  private static void old(
      List<SessionProperty> all, String name, SessionProperty.Type type, String description) {
    all.add(new SessionProperty(name, type, description, Visibility.HIDDEN));
  }

  static Optional<Object> value(SessionOptions options, SessionProperty property) {
    if (property.visibility() == Visibility.HIDDEN) {
      return Optional.empty();
    }
    Map<String, String> texts = SessionCodec.encode(options);
    return Optional.ofNullable(
            texts.getOrDefault(property.name(), texts.get("default_" + property.name())))
        .map(text -> typed(property.type(), text));
  }

  private static Object typed(SessionProperty.Type type, String text) {
    return switch (type) {
      case BOOLEAN -> Boolean.valueOf(text);
      case INTEGER -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case TEXT -> text;
    };
  }
}
