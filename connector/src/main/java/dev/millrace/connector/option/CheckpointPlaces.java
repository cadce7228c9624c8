package dev.millrace.connector.option;

import dev.millrace.connector.option.CheckpointOptions.Place;
import java.nio.file.Path;

/** How a place for checkpoints is written. */
final class CheckpointPlaces {
  private static final String DYNAMODB = "dynamodb:";
  private static final String FILE = "file:";

  /** DynamoDB's own rule. */
  private static final String TABLE = "[A-Za-z0-9_.-]{3,255}";

  private CheckpointPlaces() {}

  static Place parse(String text) {
    if (text.startsWith(DYNAMODB)) {
      String table = text.substring(DYNAMODB.length());
      if (!table.matches(TABLE)) {
        throw new IllegalArgumentException(
            " A table's name has 3 to 255 letters, digits and characters of _.-");
      }
      return new Place.DynamoDb(table);
    }
    if (text.startsWith(FILE) && text.length() > FILE.length()) {
      // InvalidPathException is an IllegalArgumentException.
      return new Place.Directory(Path.of(text.substring(FILE.length())));
    }
    throw new IllegalArgumentException("");
  }
}
