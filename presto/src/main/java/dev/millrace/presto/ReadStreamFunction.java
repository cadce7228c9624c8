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
import dev.millrace.connector.system.SampledTables;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import io.airlift.slice.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code TABLE(kinesis.system.read_stream(stream => …, format => …))}: a stream that no definition
 * describes.
 */
final class ReadStreamFunction extends AbstractConnectorTableFunction {
  private static final String STREAM = "STREAM";
  private static final String FORMAT = "FORMAT";

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
    List<TableColumn> columns = SampledTables.returned(table);
    List<String> names = columns.stream().map(TableColumn::name).toList();
    return TableFunctionAnalysis.builder()
        .returnedType(
            Descriptor.descriptor(
                names, columns.stream().map(column -> types.of(column.type())).toList()))
        .handle(
            new KinesisFunctionHandle(KinesisTableHandle.of(TableScan.of(table.shipped())), names))
        .build();
  }

  private static Optional<String> text(Map<String, Argument> arguments, String name) {
    return arguments.get(name) instanceof ScalarArgument argument
            && argument.getValue() instanceof Slice value
        ? Optional.of(value.toStringUtf8())
        : Optional.empty();
  }
}
