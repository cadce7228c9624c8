package dev.millrace.infer;

import java.util.Optional;
import java.util.Set;

/** DynamoDB's change records, whose keys and images are typed JSON. */
final class DynamoDbLook {
  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS");

  private DynamoDbLook() {}

  static boolean isChange(Shape root) {
    return Optional.ofNullable(root.members().get("dynamodb"))
        .map(change -> change.members().get("Keys"))
        .filter(DynamoDbLook::isTyped)
        .isPresent();
  }

  /** Every attribute is an object of one member, and its name a type. */
  private static boolean isTyped(Shape attributes) {
    return !attributes.members().isEmpty()
        && attributes.members().values().stream()
            .allMatch(
                attribute ->
                    attribute.isOnly(ValueKind.OBJECT)
                        && !attribute.members().isEmpty()
                        && TYPES.containsAll(attribute.members().keySet()));
  }
}
