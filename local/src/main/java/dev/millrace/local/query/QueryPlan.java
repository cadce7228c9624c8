package dev.millrace.local.query;

import dev.millrace.local.fill.StreamFill;
import dev.millrace.local.sql.Statement;
import dev.millrace.local.store.DerivedTable;
import dev.millrace.local.store.Store;
import dev.millrace.local.store.StreamStore;
import dev.millrace.read.Snapshot;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.table.Definitions;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which streams a statement reads, what of each, and what is stored of them, brought up to date.
 *
 * @param notices what the user should know
 */
record QueryPlan(List<Part> parts, List<String> notices) {

  /** One stream and the statement's tables over it. */
  record Part(StreamFill fill, List<TableView> views) {}

  static QueryPlan of(
      List<StreamNeed> needs,
      Statement statement,
      Definitions definitions,
      Optional<OnBad> onBad,
      Store store,
      StreamStore.Schemas schemas) {
    List<String> notices = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (StreamNeed need : needs) {
      dropOtherLives(need.snapshot(), store, notices);
      need.cutOff().ifPresent(notices::add);
      parts.add(part(need, statement, definitions, onBad, store, schemas));
    }
    return new QueryPlan(parts, notices);
  }

  private static void dropOtherLives(Snapshot snapshot, Store store, List<String> notices) {
    StreamIdentity identity = snapshot.summary().identity();
    for (Instant created : store.dropOtherLives(identity)) {
      notices.add(
          "Stream "
              + snapshot.stream()
              + " was created again at "
              + identity.created()
              + ": what was stored of the one created at "
              + created
              + " was dropped.");
    }
  }

  private static Part part(
      StreamNeed need,
      Statement statement,
      Definitions definitions,
      Optional<OnBad> onBad,
      Store store,
      StreamStore.Schemas schemas) {
    StreamStore stored = store.stream(need.snapshot().summary().identity());
    List<DerivedTable> derived = stored.tables(need.tables(), definitions.tables(), schemas);
    List<TableView> views = new ArrayList<>();
    for (int i = 0; i < need.tables().size(); i++) {
      TableDefinition table = need.tables().get(i);
      views.add(
          new TableView(
              table,
              Objects.requireNonNull(statement.tables().get(table.name())),
              stored,
              derived.get(i),
              need.rows().get(i),
              onBad.or(table.message()::onBad).orElse(OnBad.NULL)));
    }
    return new Part(new StreamFill(need.snapshot(), stored, derived, need.window()), views);
  }
}
