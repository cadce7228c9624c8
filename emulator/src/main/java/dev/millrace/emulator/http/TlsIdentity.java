package dev.millrace.emulator.http;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Who a server of HTTPS says it is: a key, and the certificate it signs itself. The JDK reads
 * certificates and makes keys and signatures, but makes no certificates: that is done here.
 */
public record TlsIdentity(PrivateKey key, X509Certificate certificate) {
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectId(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] COMMON_NAME = Der.objectId(2, 5, 4, 3);
  private static final byte[] ALTERNATIVE_NAMES = Der.objectId(2, 5, 29, 17);
  private static final byte[] BASIC_CONSTRAINTS = Der.objectId(2, 5, 29, 19);
  private static final int SERIAL_BITS = 63;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** Made anew, for loopback and {@code host}; valid for a year by the system's clock. */
  public static TlsIdentity selfSigned(String host) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] content = content(keys, host, Instant.now());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
      return new TlsIdentity(keys.getPrivate(), parsed(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM cannot make a certificate.", e);
    }
  }

  private static X509Certificate parsed(byte[] encoded) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  /** What the signature signs. */
  private static byte[] content(KeyPair keys, String host, Instant now) {
    byte[] version3 = Der.explicit(0, Der.integer(BigInteger.TWO));
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom());
    byte[] name =
        Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text("Millrace Kinesis emulator"))));
    // A little early, because the clocks of two processes may differ.
    byte[] validity =
        Der.sequence(
            Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(Duration.ofDays(365))));
    return Der.sequence(
        version3,
        Der.integer(serial),
        ECDSA_WITH_SHA256,
        name,
        validity,
        name,
        keys.getPublic().getEncoded(),
        Der.explicit(3, Der.sequence(authority(), alternativeNames(host))));
  }

  /** Says that it may sign itself: some clients trust no other. */
  private static byte[] authority() {
    return Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(Der.sequence(Der.yes())));
  }

  private static byte[] alternativeNames(String host) {
    byte[][] names =
        Stream.of("localhost", "127.0.0.1", "::1", host)
            .distinct()
            .map(TlsIdentity::alternativeName)
            .toArray(byte[][]::new);
    return Der.sequence(ALTERNATIVE_NAMES, Der.octets(Der.sequence(names)));
  }

  private static byte[] alternativeName(String host) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    return address == null
        ? Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII))
        : Der.implicit(IP_ADDRESS, address);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return certificate.getSubjectX500Principal().toString();
  }
}
