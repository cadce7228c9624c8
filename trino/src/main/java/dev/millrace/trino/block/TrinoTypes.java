package dev.millrace.trino.block;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.StandardTypes;
import io.trino.spi.type.TimeType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeDescriptor;
import io.trino.spi.type.TypeManager;
import io.trino.spi.type.UuidType;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

/** A definition's types as Trino's, as docs/reference/types.md promises. */
public final class TrinoTypes {
  private final TypeManager types;

  /** The server's types: {@code JSON} is one that the interface alone does not have. */
  public TrinoTypes(TypeManager types) {
    this.types = types;
  }

  /** The type of a column of this type. */
  public Type of(ColumnType type) {
    return switch (type) {
      case Plain plain -> plain(plain);
      case ColumnType.BoundedVarchar varchar -> VarcharType.createVarcharType(varchar.length());
      case ColumnType.Decimal decimal ->
          DecimalType.createDecimalType(decimal.precision(), decimal.scale());
      case ColumnType.Time time -> TimeType.createTimeType(time.precision());
      case ColumnType.Timestamp timestamp ->
          TimestampType.createTimestampType(timestamp.precision());
      case ColumnType.TimestampWithTimeZone timestamp ->
          TimestampWithTimeZoneType.createTimestampWithTimeZoneType(timestamp.precision());
      case ColumnType.Array array -> new ArrayType(of(array.element()));
      case ColumnType.Map map ->
          new MapType(of(map.key()), of(map.value()), types.getTypeOperators());
      case ColumnType.Row row -> RowType.from(row.fields().stream().map(this::field).toList());
    };
  }

  private RowType.Field field(ColumnType.Field field) {
    return RowType.field(field.name(), of(field.type()));
  }

  private Type plain(Plain type) {
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
      case JSON -> types.getType(new TypeDescriptor(StandardTypes.JSON));
    };
  }
}
