package dev.millrace.presto;

import com.facebook.presto.common.type.VarcharType;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.connector.ConnectorTransactionHandle;
import com.facebook.presto.spi.function.table.AbstractConnectorTableFunction;
import com.facebook.presto.spi.function.table.Argument;
import com.facebook.presto.spi.function.table.Descriptor;
import com.facebook.presto.spi.function.table.ReturnTypeSpecification.GenericTable;
import com.facebook.presto.spi.function.table.ScalarArgument;
import com.facebook.presto.spi.function.table.ScalarArgumentSpecification;
import com.facebook.presto.spi.function.table.TableFunctionAnalysis;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.TableScan;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.MetadataColumn;
import io.airlift.slice.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code TABLE(kinesis.system.read_stream(stream => …, format => …))}: a stream that no definition
 * describes. What a function returns has no hidden columns, so the metadata columns that tell most
 * follow those of the records.
 */
final class ReadStreamFunction extends AbstractConnectorTableFunction {
  private static final String STREAM = "STREAM";
  private static final String FORMAT = "FORMAT";
  private static final Set<MetadataColumn> RETURNED =
      Set.of(
          MetadataColumn.SHARD_ID,
          MetadataColumn.SEQUENCE_NUMBER,
          MetadataColumn.TIMESTAMP,
          MetadataColumn.PARTITION_KEY,
          MetadataColumn.MESSAGE,
          MetadataColumn.MESSAGE_VALID,
          MetadataColumn.ERROR);

  private final KinesisCatalog catalog;
  private final PrestoTypes types;

  ReadStreamFunction(KinesisCatalog catalog, PrestoTypes types) {
    super(
        "system",
        "read_stream",
        List.of(
            ScalarArgumentSpecification.builder().name(STREAM).type(VarcharType.VARCHAR).build(),
            ScalarArgumentSpecification.builder()
                .name(FORMAT)
                .type(VarcharType.VARCHAR)
                .defaultValue(null)
                .build()),
        GenericTable.GENERIC_TABLE);
    this.catalog = catalog;
    this.types = types;
  }

  @Override
  public TableFunctionAnalysis analyze(
      ConnectorSession session,
      ConnectorTransactionHandle transaction,
      Map<String, Argument> arguments) {
    return KinesisErrorCode.translating(
        () ->
            analysis(
                catalog.readStream(
                    text(arguments, STREAM)
                        .map(ReadStreamFunction::stream)
                        .orElseThrow(
                            () -> refusal("stream is NULL; it takes a stream's name or ARN")),
                    text(arguments, FORMAT))));
  }

  private static StreamRef stream(String nameOrArn) {
    try {
      return StreamRef.parse(nameOrArn);
    } catch (IllegalArgumentException e) {
      throw refusal("stream: " + e.getMessage());
    }
  }

  private static MillraceException refusal(String what) {
    return new MillraceException(ErrorCode.USER, "read_stream: " + what);
  }

  private TableFunctionAnalysis analysis(KinesisTable table) {
    List<TableColumn> columns =
        table.columns().stream().filter(ReadStreamFunction::isReturned).toList();
    List<String> names = columns.stream().map(TableColumn::name).toList();
    return TableFunctionAnalysis.builder()
        .returnedType(
            Descriptor.descriptor(
                names, columns.stream().map(column -> types.of(column.type())).toList()))
        .handle(
            new KinesisFunctionHandle(KinesisTableHandle.of(TableScan.of(table.shipped())), names))
        .build();
  }

  private static boolean isReturned(TableColumn column) {
    return !(column instanceof TableColumn.Metadata metadata)
        || RETURNED.contains(metadata.column());
  }

  private static Optional<String> text(Map<String, Argument> arguments, String name) {
    return arguments.get(name) instanceof ScalarArgument argument
            && argument.getValue() instanceof Slice value
        ? Optional.of(value.toStringUtf8())
        : Optional.empty();
  }
}
