package dev.millrace.fuzz;

import dev.millrace.decode.MessageReader;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.FormatChecks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A definition made from a seed, its decoders, and inputs for them. */
final class FuzzCase {
  /** Inputs for one definition. */
  static final int INPUTS = 128;

  private static final int POOL = 12;
  private static final int MOST_BYTES_AROUND = 6;
  private static final ShardId SHARD = new ShardId("shardId-000000000000");
  private static final SequenceNumber NUMBER = new SequenceNumber("1");

  private final long seed;
  private final Subject subject;
  private final MessageDefinition definition;
  private final boolean certain;
  private final List<Pooled> pool = new ArrayList<>();
  private final int limit;
  private final RowDecoder decoder;
  private final CheckingSink sink;
  private final CheckingSink another;
  private final List<Column> some;
  private final RowDecoder projected;
  private final CheckingSink projectedSink;

  /** A valid message, and the schema version its header has to name. */
  private record Pooled(Sample sample, UUID version) {}

  /** How an input was made. */
  enum Origins {
    VALID,
    MUTATED_INSIDE,
    MUTATED_OUTSIDE,
    RANDOM,
    BOMB
  }

  /**
   * An input.
   *
   * @param whole whether all its rows must be
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  record Input(byte[] bytes, Origins origin, boolean whole) {}

  FuzzCase(long seed) {
    this.seed = seed;
    Dice dice = new Dice(seed);
    boolean glue = dice.oneIn(4);
    FuzzKind kind = FuzzKind.of(seed);
    subject = kind.make(dice, glue && kind.isNamed());
    Envelopes stack =
        Envelopes.any(dice, subject.content(), kind.isNamed(), glue && kind.isNamed());
    List<Envelope> envelopes = stack.outsideIn();
    List<Column> columns = new ArrayList<>(subject.columns());
    long around = envelopes.stream().filter(Envelopes::isAround).count();
    if (around > 0 && dice.coin()) {
      columns.add(Column.named("id", Plain.BIGINT).withOrigin(Origin.ENVELOPE));
      columns.add(Column.named("owner", Plain.VARCHAR).withOrigin(Origin.ENVELOPE));
    }
    definition =
        new MessageDefinition(
            dice.coin() ? Compression.UNCOMPRESSED : dice.any(Compression.values()),
            envelopes,
            subject.format(),
            columns,
            java.util.Optional.empty());
    // Of two documents around a message the inner one counts, which is not what was written; and
    // one that is the message itself has no such members.
    boolean readable =
        around == 1 && envelopes.stream().filter(Envelopes::isAround).allMatch(Envelopes::isRead);
    // Small limits make of ordinary messages what is too large.
    limit = dice.oneIn(12) ? dice.any(0, 40, 200, 1_000, 9_000) : MessageReader.DEFAULT_LIMIT;
    certain =
        stack.fitting()
            && limit == MessageReader.DEFAULT_LIMIT
            && (readable || columns.size() == subject.columns().size());
    checkDefinition();
    for (int i = 0; i < POOL; i++) {
      Sample sample = subject.message(dice);
      pool.add(new Pooled(sample, subject.version(dice)));
    }
    MessageReader reader = reader();
    decoder = compile(columns, reader);
    sink = new CheckingSink(columns);
    another = new CheckingSink(columns);
    some = new ArrayList<>(columns);
    Collections.shuffle(some, new Random(dice.bits()));
    some.subList(dice.below(some.size() + 1), some.size()).clear();
    projected = compile(some, dice.coin() ? reader : reader());
    projectedSink = new CheckingSink(some);
  }

  private void checkDefinition() {
    if (!FormatChecks.faults(definition.format()).isEmpty()) {
      throw new AssertionError(FormatChecks.faults(definition.format()));
    }
    for (Column column : definition.columns()) {
      if (!FieldChecks.faults(definition.format(), column).isEmpty()) {
        throw new AssertionError(FieldChecks.faults(definition.format(), column));
      }
    }
  }

  private MessageReader reader() {
    return MessageReader.withLimit(definition.compression(), limit);
  }

  private RowDecoder compile(List<Column> columns, MessageReader reader) {
    return RowDecoders.compile(definition, columns, reader, subject.registry());
  }

  /** Rows of the record being decoded, to tell a long answer from none. */
  int rowsSoFar() {
    return sink.rowsShown();
  }

  MessageDefinition definition() {
    return definition;
  }

  /** The input of a number; the same for every call. */
  Input input(int number) {
    Dice dice = new Dice(seed * INPUTS + number + 1);
    if (dice.oneIn(40_000)) {
      return bomb(dice);
    } else if (dice.oneIn(20)) {
      byte[] bytes = dice.bytes(dice.below(dice.oneIn(10) ? 2_000 : 60));
      return new Input(bytes, Origins.RANDOM, false);
    }
    int stages = definition.envelopes().size() + 2;
    boolean valid = dice.oneIn(10);
    // Inside of all envelopes mutations get past checksums to the format.
    int mutated = valid ? stages : dice.coin() ? 0 : dice.below(stages);
    return packed(dice, mutated, stages);
  }

  private Input packed(Dice dice, int mutated, int stages) {
    Pooled first = dice.of(pool);
    boolean whole = first.sample().valid() && certain && AvroSubject.isUsable(first.version());
    List<byte[]> messages = new ArrayList<>(List.of(first.sample().bytes()));
    if (!definition.isRowPerRecord()) {
      for (int more = dice.below(4); more > 0; more--) {
        Pooled other = dice.of(pool);
        if (other.version().equals(first.version())) {
          messages.add(other.sample().bytes());
          whole &= other.sample().valid();
        }
      }
    }
    if (dice.oneIn(4_000)) {
      messages.set(0, Mutations.copies(first.sample().bytes(), 70_000 + dice.below(60_000)));
      whole = false;
    }
    Mutations mutations = new Mutations(dice);
    Packing packing = new Packing(dice, first.version());
    byte[] other = dice.of(pool).sample().bytes();
    for (int stage = 0; stage < stages; stage++) {
      if (stage == mutated) {
        int at = dice.below(messages.size());
        messages.set(at, mutations.of(messages.get(at), other));
      }
      int envelope = definition.envelopes().size() - 1 - stage;
      if (envelope >= 0) {
        messages = packing.into(definition.envelopes().get(envelope), messages);
      } else if (envelope == -1) {
        messages =
            new ArrayList<>(List.of(packing.compressed(definition.compression(), messages.get(0))));
      }
    }
    if (mutated == stages - 1 && dice.oneIn(20)) {
      // What the definition knows nothing of.
      return new Input(
          Compressors.compress(dice.any(Compression.values()), messages.get(0), dice),
          Origins.MUTATED_OUTSIDE,
          false);
    }
    return new Input(
        messages.get(0),
        mutated == stages
            ? Origins.VALID
            : mutated == 0 ? Origins.MUTATED_INSIDE : Origins.MUTATED_OUTSIDE,
        whole && packing.isWhole() && mutated == stages);
  }

  /** Much in little, in the outermost compression there is. */
  private Input bomb(Dice dice) {
    Sample sample = dice.of(pool).sample();
    byte[] filler =
        dice.any(
            new byte[4_096],
            "1,".repeat(2_048).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            "[".repeat(4_096).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            "x\n".repeat(2_048).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            Mutations.join(sample.bytes(), new byte[] {'\n'}),
            sample.bytes().length == 0 ? new byte[1] : sample.bytes(),
            dice.bytes(1 + dice.below(40)));
    Compression compression = definition.compression();
    for (Envelope envelope : definition.envelopes()) {
      if (compression == Compression.UNCOMPRESSED
          && envelope instanceof Envelope.Compressed compressed) {
        compression = compressed.compression();
      }
    }
    long size = compression == Compression.UNCOMPRESSED ? 1 << 20 : 1L << (20 + dice.below(7));
    byte[] block = Mutations.copies(filler, 4_096);
    byte[] bomb = Compressors.many(compression, block, (int) (size / block.length));
    return new Input(bomb, Origins.BOMB, false);
  }

  /** A record in the midst of others, or in an array of its own. */
  private static UserRecord record(byte[] payload) {
    int around = payload.length % (MOST_BYTES_AROUND + 1);
    byte[] shared = new byte[payload.length + 2 * around];
    Arrays.fill(shared, (byte) '"');
    System.arraycopy(payload, 0, shared, around, payload.length);
    return new UserRecord(SHARD, NUMBER, 0, 0, "key", shared, around, payload.length);
  }

  /** Decodes an input and checks all that must hold of it; gives the sink that has the rows. */
  CheckingSink run(int number, Input input) {
    UserRecord record = record(input.bytes());
    decode(decoder, sink, record);
    if (definition.isRowPerRecord() && sink.rows() != 1) {
      throw new AssertionError(sink.rows() + " rows of a record that must have one");
    }
    if (input.whole() && sink.wholeRows() != sink.rows()) {
      throw new AssertionError("a valid message is refused: " + sink.reason());
    }
    if (input.origin() == Origins.BOMB) {
      return sink;
    }
    if (number % 4 == 0) {
      decode(projected, projectedSink, record);
      // Columns of envelopes cost some of what a record may open to.
      if (limit == MessageReader.DEFAULT_LIMIT) {
        new Projection(definition.columns(), some).check(sink, projectedSink);
      }
    }
    if (number % 64 == 13) {
      repeat(input.bytes());
    }
    return sink;
  }

  /** The same record gives the same rows, to this decoder and to one that has seen no other. */
  private void repeat(byte[] bytes) {
    long digest = sink.digest();
    decode(decoder, another, record(bytes));
    if (another.digest() != digest) {
      throw new AssertionError("the same record gives other rows when it comes again");
    }
    decode(compile(definition.columns(), reader()), another, record(bytes));
    if (another.digest() != digest) {
      throw new AssertionError("a decoder that has seen no other record gives other rows");
    }
  }

  private static void decode(RowDecoder decoder, CheckingSink sink, UserRecord record) {
    sink.reset();
    decoder.decode(record, sink);
    sink.checkAllEnded();
  }
}
