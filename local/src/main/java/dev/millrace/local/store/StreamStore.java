package dev.millrace.local.store;

import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.table.Column;
import dev.millrace.table.TableDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What is held of one stream: raw records, coverage, and the tables derived from them. */
public final class StreamStore {
  /** Where schemas are looked up that the messages of a definition name. */
  @FunctionalInterface
  public interface Schemas {
    SchemaRegistry of(TableDefinition definition);
  }

  /** Compiles a definition's decoder. */
  @FunctionalInterface
  public interface Decoders {
    /**
     * A decoder to the columns wanted.
     *
     * @param noting makes, of the registry that the decoder would look schemas up in, the one it
     *     has to use
     */
    RowDecoder compile(
        TableDefinition definition, List<Column> wanted, UnaryOperator<SchemaRegistry> noting);
  }

  private final Session session;
  private final StreamIdentity identity;
  private final int id;
  private final long transactionBytes;
  private final Map<ShardId, Integer> shards = new HashMap<>();
  private final Map<String, DerivedTable> derived = new HashMap<>();
  private long nextRid;

  private StreamStore(
      Session session, StreamIdentity identity, int id, long nextRid, long transactionBytes) {
    this.transactionBytes = transactionBytes;
    this.session = session;
    this.identity = identity;
    this.id = id;
    this.nextRid = nextRid;
  }

  /**
   * @param transactionBytes the data a transaction may hold
   */
  static StreamStore findOrCreate(Session session, StreamIdentity identity, long transactionBytes) {
    return find(session, identity, transactionBytes)
        .orElseGet(() -> create(session, identity, transactionBytes));
  }

  static Optional<StreamStore> find(
      Session session, StreamIdentity identity, long transactionBytes) {
    Optional<StreamStore> found =
        session.find(
            "SELECT id, next_rid FROM "
                + Session.stored("streams")
                + " WHERE arn = ? AND epoch_ms(created) = ?",
            row ->
                new StreamStore(session, identity, row.getInt(1), row.getLong(2), transactionBytes),
            identity.arn(),
            identity.created().toEpochMilli());
    found.ifPresent(StreamStore::loadShards);
    return found;
  }

  private static StreamStore create(
      Session session, StreamIdentity identity, long transactionBytes) {
    try (Transaction transaction = new Transaction(session)) {
      int id = newId(session);
      session.run(
          "CREATE TABLE "
              + Session.stored("raw_" + id)
              + "(rid BIGINT, shard INTEGER, sequence VARCHAR, subsequence BIGINT,"
              + " arrival TIMESTAMPTZ, partition_key VARCHAR, data BLOB USING COMPRESSION zstd,"
              + " length INTEGER)");
      session.run(
          "INSERT INTO " + Session.stored("streams") + " VALUES (?, ?, make_timestamptz(?), 0)",
          id,
          identity.arn(),
          identity.created().toEpochMilli() * 1000);
      transaction.commit();
      return new StreamStore(session, identity, id, 0, transactionBytes);
    }
  }

  private static int newId(Session session) {
    return (int) session.number("SELECT nextval('" + Session.stored("ids") + "')");
  }

  private void loadShards() {
    session
        .list(
            "SELECT name, id FROM " + Session.stored("shards") + " WHERE stream = ?",
            row -> Map.entry(new ShardId(row.getString(1)), row.getInt(2)),
            id)
        .forEach(entry -> shards.put(entry.getKey(), entry.getValue()));
  }

  public StreamIdentity identity() {
    return identity;
  }

  /** The number that stands for this stream in the tables over all streams. */
  public int id() {
    return id;
  }

  long nextRid() {
    return nextRid;
  }

  String rawTable() {
    return "raw_" + id;
  }

  /** The raw records' full name, for FROM. */
  public String rawName() {
    return Session.stored(rawTable());
  }

  /** The number that stands for a shard in the rows; a new shard gets one in the transaction. */
  int shardNumber(ShardId shard) {
    return shards.computeIfAbsent(
        shard,
        name -> {
          int number = newId(session);
          session.run(
              "INSERT INTO " + Session.stored("shards") + " VALUES (?, ?, ?)",
              id,
              number,
              name.value());
          return number;
        });
  }

  /** What the store says after a rollback. */
  void reload() {
    shards.clear();
    loadShards();
  }

  void committed(long newNextRid) {
    nextRid = newNextRid;
  }

  /** Every shard of which something is known, with its intervals in sequence order. */
  public Map<ShardId, List<Interval>> coverage() {
    Map<ShardId, List<Interval>> coverage = new LinkedHashMap<>();
    session
        .list(
            "SELECT name, epoch_us(asked_from), first, last, epoch_us(read_to), closed FROM "
                + Session.stored("coverage")
                + " c JOIN "
                + Session.stored("shards")
                + " s ON s.stream = c.stream AND s.id = c.shard WHERE c.stream = ?"
                + " ORDER BY name, place",
            row -> Map.entry(new ShardId(row.getString(1)), interval(row)),
            id)
        .forEach(
            entry ->
                coverage
                    .computeIfAbsent(entry.getKey(), shard -> new ArrayList<>())
                    .add(entry.getValue()));
    return coverage;
  }

  /**
   * How much is stored of each shard.
   *
   * @param records as the service stored them
   * @param bytes of data
   */
  public record ShardVolume(long records, long bytes) {}

  /** How much is stored of each shard of which a record is. */
  public Map<ShardId, ShardVolume> volumes() {
    Map<Integer, ShardId> names = shardNames();
    Map<ShardId, ShardVolume> volumes = new LinkedHashMap<>();
    session
        .list(
            "SELECT shard, count_if(subsequence = 0), (avg(length) * count(*))::BIGINT FROM "
                + rawName()
                + " GROUP BY shard HAVING count(length) > 0",
            row ->
                Map.entry(
                    java.util.Objects.requireNonNull(names.get(row.getInt(1))),
                    new ShardVolume(row.getLong(2), row.getLong(3))))
        .forEach(entry -> volumes.put(entry.getKey(), entry.getValue()));
    return volumes;
  }

  private static Interval interval(ResultSet row) throws SQLException {
    String first = row.getString(3);
    Optional<Interval.Span> held =
        first == null
            ? Optional.empty()
            : Optional.of(
                new Interval.Span(new SequenceNumber(first), new SequenceNumber(row.getString(4))));
    return new Interval(micros(row.getLong(2)), held, micros(row.getLong(5)), row.getBoolean(6));
  }

  private static Instant micros(long epochMicros) {
    return Instant.EPOCH.plus(epochMicros, java.time.temporal.ChronoUnit.MICROS);
  }

  private static long micros(Instant time) {
    return java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** Inside a transaction. */
  void saveCoverage(ShardId shard, List<Interval> intervals) {
    int number = shardNumber(shard);
    session.run(
        "DELETE FROM " + Session.stored("coverage") + " WHERE stream = ? AND shard = ?",
        id,
        number);
    for (int place = 0; place < intervals.size(); place++) {
      Interval interval = intervals.get(place);
      session.run(
          "INSERT INTO "
              + Session.stored("coverage")
              + " VALUES (?, ?, ?, make_timestamptz(?), ?, ?, make_timestamptz(?), ?)",
          id,
          number,
          place,
          micros(interval.from()),
          interval.held().map(span -> span.first().digits()).orElse(null),
          interval.held().map(span -> span.last().digits()).orElse(null),
          micros(interval.readTo()),
          interval.closed());
    }
  }

  /** Inside a transaction. */
  void saveProgress(long newNextRid, Collection<DerivedTable> tables) {
    session.run(
        "UPDATE " + Session.stored("streams") + " SET next_rid = ? WHERE id = ?", newNextRid, id);
    for (DerivedTable table : tables) {
      saveWatermark(table, newNextRid);
    }
  }

  /** Not past what has to be decoded again: {@link Rebuild} begins at the watermark. */
  void saveWatermark(DerivedTable table, long decoded) {
    session.run(
        "UPDATE " + Session.stored("tables") + " SET watermark = ? WHERE id = ?",
        Math.min(decoded, table.firstAbsent()),
        table.id());
  }

  /**
   * The tables of definitions over this stream, complete as far as raw records are held: what is
   * missing is decoded from those. Tables that no definition asks for any more are dropped.
   *
   * @param wanted the definitions whose tables to bring up to date
   * @param known every definition over this stream
   */
  public List<DerivedTable> tables(
      List<TableDefinition> wanted, Collection<TableDefinition> known) {
    return tables(wanted, known, definition -> SchemaRegistry.NONE);
  }

  /** The same with registries of the schemas that messages name. */
  public List<DerivedTable> tables(
      List<TableDefinition> wanted, Collection<TableDefinition> known, Schemas schemas) {
    return tables(
        wanted,
        known,
        (definition, columns, noting) ->
            RowDecoders.compile(definition, columns, noting.apply(schemas.of(definition))));
  }

  /** The same with decoders of the caller's. */
  public List<DerivedTable> tables(
      List<TableDefinition> wanted, Collection<TableDefinition> known, Decoders decoders) {
    Set<String> alive = known.stream().map(DerivedTable::fingerprint).collect(Collectors.toSet());
    // Where they look schemas up is up to the definition and the connections of this call.
    derived.values().removeIf(DerivedTable::looksUpSchemas);
    List<DerivedTable> tables = new ArrayList<>();
    for (TableDefinition definition : wanted) {
      String fingerprint = DerivedTable.fingerprint(definition);
      alive.add(fingerprint);
      DerivedTable table = derived.get(fingerprint);
      if (table == null) { // Not computeIfAbsent: making one drops others from the same map.
        table = findOrCreate(fingerprint, definition, alive, decoders);
        derived.put(fingerprint, table);
      }
      new Rebuild(session, this, table, transactionBytes).run();
      tables.add(table);
    }
    return tables;
  }

  private DerivedTable findOrCreate(
      String fingerprint, TableDefinition definition, Set<String> alive, Decoders decoders) {
    return session
        .find(
            "SELECT id FROM " + Session.stored("tables") + " WHERE stream = ? AND fingerprint = ?",
            row -> new DerivedTable(row.getInt(1), definition, decoders),
            id,
            fingerprint)
        .orElseGet(() -> create(fingerprint, definition, alive, decoders));
  }

  private DerivedTable create(
      String fingerprint, TableDefinition definition, Set<String> alive, Decoders decoders) {
    try (Transaction transaction = new Transaction(session)) {
      dropTables(alive);
      DerivedTable table = new DerivedTable(newId(session), definition, decoders);
      table.create(session);
      session.run(
          "INSERT INTO " + Session.stored("tables") + " VALUES (?, ?, ?, 0)",
          table.id(),
          id,
          fingerprint);
      transaction.commit();
      return table;
    }
  }

  private void dropTables(Set<String> alive) {
    Map<Integer, String> all = new HashMap<>();
    session
        .list(
            "SELECT id, fingerprint FROM " + Session.stored("tables") + " WHERE stream = ?",
            row -> Map.entry(row.getInt(1), row.getString(2)),
            id)
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    all.forEach(
        (table, fingerprint) -> {
          if (!alive.contains(fingerprint)) {
            session.run("DROP TABLE " + Session.stored("t_" + table));
            session.run("DELETE FROM " + Session.stored("tables") + " WHERE id = ?", table);
            derived.remove(fingerprint);
          }
        });
  }

  long watermark(DerivedTable table) {
    return session.number(
        "SELECT watermark FROM " + Session.stored("tables") + " WHERE id = ?", table.id());
  }

  /** The shard a stored number stands for. */
  Map<Integer, ShardId> shardNames() {
    return shards.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  void drop() {
    try (Transaction transaction = new Transaction(session)) {
      dropTables(Set.of());
      session.run("DROP TABLE " + rawName());
      for (String table : List.of("coverage", "shards")) {
        session.run("DELETE FROM " + Session.stored(table) + " WHERE stream = ?", id);
      }
      session.run("DELETE FROM " + Session.stored("streams") + " WHERE id = ?", id);
      transaction.commit();
    }
  }
}
