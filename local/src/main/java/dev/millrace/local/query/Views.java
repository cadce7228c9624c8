package dev.millrace.local.query;

import static dev.millrace.local.store.Session.quoted;

import dev.millrace.local.store.Session;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The views a statement runs over, in memory beside the store. One set at a time. */
public final class Views {
  private final Session session;
  private final List<TableName> made = new ArrayList<>();

  public Views(Session session) {
    this.session = session;
    MessageFunctions.register(session.connection());
  }

  /**
   * Makes a view for every definition: with rows for those read, typed and empty for the rest.
   *
   * @param named the metadata columns the statement names
   */
  public void make(
      Collection<TableDefinition> all,
      Map<TableName, Set<MetadataColumn>> named,
      Collection<TableView> read) {
    made.forEach(name -> session.run("DROP VIEW IF EXISTS " + qualified(name)));
    made.clear();
    Map<TableName, TableView> views =
        read.stream().collect(Collectors.toMap(view -> view.definition().name(), view -> view));
    for (TableDefinition definition : all) {
      TableView view = views.get(definition.name());
      make(
          definition.name(),
          view == null
              ? ViewSql.empty(definition, named.getOrDefault(definition.name(), Set.of()))
              : ViewSql.of(view));
    }
  }

  /** Fails on the first row that could not be decoded. */
  public void refuseBad(TableView view) {
    session
        .find(
            ViewSql.firstBad(view),
            row ->
                new MillraceException(
                    ErrorCode.BAD_RECORD,
                    "Record "
                        + row.getString(2)
                        + " of "
                        + row.getString(1)
                        + " is not a row of "
                        + view.definition().name()
                        + ": "
                        + row.getString(3)
                        + ". Correct "
                        + view.definition().source()
                        + ", or use --on-bad null or skip."))
        .ifPresent(
            bad -> {
              throw bad;
            });
  }

  private void make(TableName name, String select) {
    session.run("CREATE SCHEMA IF NOT EXISTS " + Session.VIEWS + "." + quoted(name.schema()));
    session.run("CREATE OR REPLACE VIEW " + qualified(name) + " AS " + select);
    made.add(name);
  }

  private static String qualified(TableName name) {
    return Session.VIEWS + "." + quoted(name.schema()) + "." + quoted(name.table());
  }
}
