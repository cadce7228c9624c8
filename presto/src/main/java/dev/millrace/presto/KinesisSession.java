package dev.millrace.presto;

import com.facebook.presto.common.type.BigintType;
import com.facebook.presto.common.type.BooleanType;
import com.facebook.presto.common.type.IntegerType;
import com.facebook.presto.common.type.Type;
import com.facebook.presto.common.type.VarcharType;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.session.PropertyMetadata;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.option.SessionProperty;
import dev.millrace.connector.option.SessionProperty.Visibility;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The properties of a session as Presto has them. */
final class KinesisSession {
  private KinesisSession() {}

  static List<PropertyMetadata<?>> properties(SessionOptions defaults) {
    return SessionOptions.PROPERTIES.stream()
        .<PropertyMetadata<?>>map(property -> metadata(property, defaults))
        .toList();
  }

  private static PropertyMetadata<?> metadata(SessionProperty property, SessionOptions defaults) {
    return switch (property.type()) {
      case BOOLEAN -> metadata(property, BooleanType.BOOLEAN, Boolean.class, defaults);
      case INTEGER -> metadata(property, IntegerType.INTEGER, Integer.class, defaults);
      case LONG -> metadata(property, BigintType.BIGINT, Long.class, defaults);
      case TEXT -> metadata(property, VarcharType.VARCHAR, String.class, defaults);
    };
  }

  private static <T> PropertyMetadata<T> metadata(
      SessionProperty property, Type type, Class<T> javaType, SessionOptions defaults) {
    return new PropertyMetadata<>(
        property.name(),
        property.description(),
        type,
        javaType,
        defaults.value(property).map(javaType::cast).orElse(null),
        property.visibility() == Visibility.HIDDEN,
        value -> number(javaType, value),
        value -> value);
  }

  /** Presto hands an INTEGER over as whatever number it has. */
  private static <T> T number(Class<T> type, Object value) {
    Object exact =
        value instanceof Number number && type == Integer.class
            ? Math.toIntExact(number.longValue())
            : value instanceof Number number && type == Long.class ? number.longValue() : value;
    return type.cast(exact);
  }

  /** What holds for the queries of a session. */
  static SessionOptions options(ConnectorSession session, CatalogOptions catalog) {
    return catalog
        .sessionDefaults()
        .with(set(session), ZoneId.of(session.getTimeZoneKey().getId()));
  }

  /** What has a value in a session; a value that is only the default is no harm. */
  private static Map<String, Object> set(ConnectorSession session) {
    Map<String, Object> set = new HashMap<>();
    for (SessionProperty property : SessionOptions.PROPERTIES) {
      Object value = session.getProperty(property.name(), javaType(property));
      if (value != null) {
        set.put(property.name(), value);
      }
    }
    return set;
  }

  private static Class<?> javaType(SessionProperty property) {
    return switch (property.type()) {
      case BOOLEAN -> Boolean.class;
      case INTEGER -> Integer.class;
      case LONG -> Long.class;
      case TEXT -> String.class;
    };
  }
}
