package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** The emulator with TLS, to clients that check its certificate and its name. */
class TlsTest {
  private final KinesisEmulator emulator =
      KinesisEmulator.start(EmulatorOptions.defaults().withTls());

  @AfterEach
  void close() {
    emulator.close();
  }

  private HttpResponse<String> get(Version version) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    X509Certificate certificate = emulator.certificate().orElseThrow();
    trusted.setCertificateEntry("emulator", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(tls)
        .version(version)
        .build()
        .send(HttpRequest.newBuilder(emulator.endpoint()).build(), BodyHandlers.ofString());
  }

  @Test
  void clientThatTrustsTheCertificate_mayChooseItsProtocol() throws Exception {
    assertThat(get(Version.HTTP_2).version()).isEqualTo(Version.HTTP_2);
    assertThat(get(Version.HTTP_1_1).version()).isEqualTo(Version.HTTP_1_1);
    assertThat(get(Version.HTTP_2).body()).contains("Millrace Kinesis emulator");
  }

  @Test
  void clientThatDoesNot_isNotServed() {
    HttpRequest request = HttpRequest.newBuilder(emulator.endpoint()).build();

    assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void certificate_isForLoopback() throws Exception {
    assertThat(emulator.endpoint().getScheme()).isEqualTo("https");
    assertThat(emulator.certificate().orElseThrow().getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void withoutTls_thereIsNoCertificate() {
    try (KinesisEmulator plain = KinesisEmulator.start(EmulatorOptions.defaults())) {
      assertThat(plain.certificate()).isEmpty();
      assertThat(plain.endpoint().getScheme()).isEqualTo("http");
    }
  }

  @Test
  void records_arePushed() {
    emulator.streams().createStream(STREAM, 1);
    String consumer = emulator.streams().registerConsumer(STREAM, "reader");
    try (KinesisAsyncClient kinesis = KinesisAsyncClients.cbor(emulator.endpoint())) {
      TestSubscription subscription = TestSubscription.trimHorizon(kinesis, consumer, SHARD);
      emulator.streams().put(STREAM, "key", new byte[] {'a'});

      assertThat(subscription.texts(1)).containsExactly("a");
    }
  }
}
