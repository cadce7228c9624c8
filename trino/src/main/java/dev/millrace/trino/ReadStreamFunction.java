package dev.millrace.trino;

import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.system.SampledTables;
import dev.millrace.stream.StreamRef;
import dev.millrace.trino.block.TrinoTypes;
import io.airlift.slice.Slice;
import io.trino.spi.StandardErrorCode;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.AbstractConnectorTableFunction;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.Descriptor;
import io.trino.spi.function.table.ReturnTypeSpecification.GenericTable;
import io.trino.spi.function.table.ScalarArgument;
import io.trino.spi.function.table.ScalarArgumentSpecification;
import io.trino.spi.function.table.TableFunctionAnalysis;
import io.trino.spi.type.VarcharType;
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
  private final TrinoTypes types;
  private final KinesisQueries queries;

  ReadStreamFunction(KinesisCatalog catalog, TrinoTypes types, KinesisQueries queries) {
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
        GenericTable.GENERIC_TABLE,
        "The records of a stream as rows, with columns as a sample of them suggests");
    this.catalog = catalog;
    this.types = types;
    this.queries = queries;
  }

  @Override
  public TableFunctionAnalysis analyze(
      ConnectorSession session,
      ConnectorTransactionHandle transaction,
      Map<String, Argument> arguments,
      ConnectorAccessControl accessControl) {
    String stream =
        text(arguments, STREAM)
            .orElseThrow(
                () ->
                    new TrinoException(
                        StandardErrorCode.INVALID_FUNCTION_ARGUMENT,
                        "stream is NULL; it takes a stream's name or ARN"));
    return Failures.translated(
        () ->
            analyze(
                queries.of(transaction, session),
                catalog.readStream(stream(stream), text(arguments, FORMAT))));
  }

  private static StreamRef stream(String nameOrArn) {
    try {
      return StreamRef.parse(nameOrArn);
    } catch (IllegalArgumentException e) {
      throw new TrinoException(
          StandardErrorCode.INVALID_FUNCTION_ARGUMENT, "stream: " + e.getMessage(), e);
    }
  }

  private TableFunctionAnalysis analyze(CatalogQuery query, KinesisTable table) {
    List<TableColumn> columns = SampledTables.returned(table);
    List<String> names = columns.stream().map(TableColumn::name).toList();
    return TableFunctionAnalysis.builder()
        .returnedType(
            Descriptor.descriptor(
                names, columns.stream().map(column -> types.of(column.type())).toList()))
        .handle(new KinesisFunctionHandle(KinesisTableHandle.of(query.scan(table), query), names))
        .build();
  }

  private static Optional<String> text(Map<String, Argument> arguments, String name) {
    return arguments.get(name) instanceof ScalarArgument argument
            && argument.getValue() instanceof Slice value
        ? Optional.of(value.toStringUtf8())
        : Optional.empty();
  }
}
