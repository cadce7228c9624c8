package dev.millrace.presto;

import static com.facebook.presto.common.type.StandardTypes.MAP;

import com.facebook.presto.common.type.ArrayType;
import com.facebook.presto.common.type.BigintType;
import com.facebook.presto.common.type.BooleanType;
import com.facebook.presto.common.type.DateType;
import com.facebook.presto.common.type.DecimalType;
import com.facebook.presto.common.type.DoubleType;
import com.facebook.presto.common.type.IntegerType;
import com.facebook.presto.common.type.JsonType;
import com.facebook.presto.common.type.RealType;
import com.facebook.presto.common.type.RowType;
import com.facebook.presto.common.type.SmallintType;
import com.facebook.presto.common.type.TimeType;
import com.facebook.presto.common.type.TimestampType;
import com.facebook.presto.common.type.TimestampWithTimeZoneType;
import com.facebook.presto.common.type.TinyintType;
import com.facebook.presto.common.type.Type;
import com.facebook.presto.common.type.TypeManager;
import com.facebook.presto.common.type.TypeSignatureParameter;
import com.facebook.presto.common.type.UuidType;
import com.facebook.presto.common.type.VarbinaryType;
import com.facebook.presto.common.type.VarcharType;
import dev.millrace.table.ColumnType;
import java.util.List;

/** Presto's type for each type of a definition; docs/reference/types.md shows the same. */
final class PrestoTypes {
  private final TypeManager types;

  PrestoTypes(TypeManager types) {
    this.types = types;
  }

  Type of(ColumnType type) {
    if (type instanceof ColumnType.Plain plain) {
      return plain(plain);
    } else if (type instanceof ColumnType.BoundedVarchar text) {
      return VarcharType.createVarcharType(text.length());
    } else if (type instanceof ColumnType.Decimal decimal) {
      return DecimalType.createDecimalType(decimal.precision(), decimal.scale());
    } else if (type instanceof ColumnType.Time) {
      return TimeType.TIME;
    } else if (type instanceof ColumnType.Timestamp) {
      return TimestampType.TIMESTAMP;
    } else if (type instanceof ColumnType.TimestampWithTimeZone) {
      return TimestampWithTimeZoneType.TIMESTAMP_WITH_TIME_ZONE;
    } else if (type instanceof ColumnType.Array array) {
      return new ArrayType(of(array.element()));
    } else if (type instanceof ColumnType.Map map) {
      return map(of(map.key()), of(map.value()));
    } else if (type instanceof ColumnType.Row row) {
      return RowType.from(
          row.fields().stream()
              .map(field -> RowType.field(field.name(), of(field.type())))
              .toList());
    }
    throw new IllegalStateException("Presto has no type for " + type);
  }

  /** Made by the engine, whose functions compare the keys. */
  private Type map(Type key, Type value) {
    return types.getParameterizedType(
        MAP,
        List.of(
            TypeSignatureParameter.of(key.getTypeSignature()),
            TypeSignatureParameter.of(value.getTypeSignature())));
  }

  private static Type plain(ColumnType.Plain type) {
    return switch (type) {
      case BOOLEAN -> BooleanType.BOOLEAN;
      case TINYINT -> TinyintType.TINYINT;
      case SMALLINT -> SmallintType.SMALLINT;
      case INTEGER -> IntegerType.INTEGER;
      case BIGINT -> BigintType.BIGINT;
      case REAL -> RealType.REAL;
      case DOUBLE -> DoubleType.DOUBLE;
      case VARCHAR -> VarcharType.VARCHAR;
      case VARBINARY -> VarbinaryType.VARBINARY;
      case DATE -> DateType.DATE;
      case UUID -> UuidType.UUID;
      case JSON -> JsonType.JSON;
    };
  }
}
