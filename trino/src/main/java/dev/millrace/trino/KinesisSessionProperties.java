package dev.millrace.trino;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.option.SessionProperty;
import dev.millrace.connector.option.SessionProperty.Visibility;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import java.util.List;

/** What a session can set, as Trino wants it declared. */
final class KinesisSessionProperties {
  private KinesisSessionProperties() {}

  /**
   * All of them.
   *
   * @param defaults what SHOW SESSION shows where nothing is set
   */
  static List<PropertyMetadata<?>> all(SessionOptions defaults) {
    return SessionOptions.PROPERTIES.stream()
        .<PropertyMetadata<?>>map(property -> metadata(property, javaType(property), defaults))
        .toList();
  }

  private static <T> PropertyMetadata<T> metadata(
      SessionProperty property, Class<T> javaType, SessionOptions defaults) {
    return new PropertyMetadata<>(
        property.name(),
        property.description(),
        sqlType(property),
        javaType,
        defaults.value(property).map(javaType::cast).orElse(null),
        property.visibility() == Visibility.HIDDEN,
        javaType::cast,
        value -> value);
  }

  private static Type sqlType(SessionProperty property) {
    return switch (property.type()) {
      case BOOLEAN -> BooleanType.BOOLEAN;
      case INTEGER -> IntegerType.INTEGER;
      case LONG -> BigintType.BIGINT;
      case TEXT -> VarcharType.VARCHAR;
    };
  }

  static Class<?> javaType(SessionProperty property) {
    return switch (property.type()) {
      case BOOLEAN -> Boolean.class;
      case INTEGER -> Integer.class;
      case LONG -> Long.class;
      case TEXT -> String.class;
    };
  }
}
