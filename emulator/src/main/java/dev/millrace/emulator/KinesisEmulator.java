package dev.millrace.emulator;

import dev.millrace.emulator.http.HttpServer;
import dev.millrace.emulator.http.TlsIdentity;
import dev.millrace.emulator.operation.Account;
import dev.millrace.emulator.operation.KinesisService;
import dev.millrace.emulator.stream.MemoryBudget;
import dev.millrace.emulator.stream.StartNumbers;
import dev.millrace.emulator.stream.StreamStore;
import io.netty.util.internal.PlatformDependent;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A Kinesis endpoint on loopback. It listens once {@link #start} returns; its threads are daemons,
 * so a process that is nothing but an emulator waits by itself.
 */
public final class KinesisEmulator implements AutoCloseable {
  private final EmulatorOptions options;
  private final StreamStore store;
  private final Streams streams;
  private final Faults faults;
  private final Optional<TlsIdentity> identity;
  private final HttpServer server;

  private KinesisEmulator(EmulatorOptions options) {
    this.options = options;
    this.store =
        new StreamStore(
            options.clock(),
            new MemoryBudget(options.maxMemoryBytes()),
            options.limits().shardRates(),
            new StartNumbers.Realistic(options.seed()));
    Account account = new Account(options.accountId(), options.region(), store);
    KinesisService service = new KinesisService(account, options.fanOut().rules(), options.seed());
    this.streams = new Streams(service, store);
    this.faults = new Faults(options.seed());
    Dispatcher dispatcher = new Dispatcher(service, faults, options.seed());
    this.identity =
        options.tls() == Tls.SELF_SIGNED
            ? Optional.of(TlsIdentity.selfSigned(options.host()))
            : Optional.empty();
    this.server =
        HttpServer.start(options.host(), options.port(), dispatcher, options.clock(), identity);
  }

  /**
   * Starts listening.
   *
   * @throws IllegalArgumentException if the JVM may not use as much memory outside the heap as the
   *     options allow for records
   * @throws IllegalStateException if the address cannot be listened on
   */
  public static KinesisEmulator start(EmulatorOptions options) {
    long available = PlatformDependent.estimateMaxDirectMemory();
    if (options.maxMemoryBytes() > available) {
      throw new IllegalArgumentException(
          "maxMemoryBytes %d exceeds the %d bytes this JVM may use outside its heap. Lower it, or raise -XX:MaxDirectMemorySize."
              .formatted(options.maxMemoryBytes(), available));
    }
    return new KinesisEmulator(options);
  }

  public int port() {
    return server.port();
  }

  public URI endpoint() {
    String scheme = identity.isPresent() ? "https" : "http";
    return URI.create("%s://%s:%d".formatted(scheme, options.host(), port()));
  }

  /** The certificate that a client of an emulator with TLS has to trust. */
  public Optional<X509Certificate> certificate() {
    return identity.map(TlsIdentity::certificate);
  }

  /** The streams without HTTP. */
  public Streams streams() {
    return streams;
  }

  /** Faults on demand, while it runs. */
  public Faults faults() {
    return faults;
  }

  public EmulatorClock clock() {
    return options.clock();
  }

  /** Closes every connection and forgets every stream. */
  @Override
  public void close() {
    server.close();
    store.clear();
  }
}
