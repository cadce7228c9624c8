package dev.millrace.aws;

import dev.millrace.aws.Failures.Purpose;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of one place in S3, through the SDK. Calls are tried three times. */
final class S3Objects implements AutoCloseable {
  private final S3Client client;
  private final S3Location location;
  private final Failures failures;
  private final int pageKeys;

  /**
   * An object in the listing.
   *
   * @param tag changes with what is in it
   */
  record Listed(String key, String tag, long size) {}

  /** An object's bytes, of which there may be one more than was asked for. */
  @SuppressWarnings("ArrayRecordComponent") // A hand-over of what was read; never compared.
  record Read(String tag, byte[] bytes) {}

  private S3Objects(S3Client client, S3Location location, Target target, int pageKeys) {
    this.client = client;
    this.location = location;
    this.failures = new Failures(target, Purpose.DEFINITIONS);
    this.pageKeys = pageKeys;
  }

  /**
   * Makes a client; nothing is called yet.
   *
   * @param connections how many calls there may be at once
   * @param pageKeys how many keys an answer of the listing may have
   */
  static S3Objects connect(
      AwsConnection connection, S3Location location, int connections, int pageKeys) {
    boolean named = connection.target().endpoint().isPresent();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(connection.http().maxConnections(connections))
            // A bucket is no part of the name of a host that was named.
            .forcePathStyle(named)
            // A bucket need not be in the region of the streams.
            .crossRegionAccessEnabled(!named)
            // Some of the checksums that objects are stored with need a native library.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    connection.configure(builder, o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy()));
    return new S3Objects(builder.build(), location, connection.target(), pageKeys);
  }

  /** Lists all objects directly below the location, page by page. */
  List<Listed> list() {
    List<Listed> listed = new ArrayList<>();
    @Nullable String token = null;
    do {
      ListObjectsV2Response page = page(token);
      for (S3Object object : page.contents()) {
        listed.add(
            new Listed(
                object.key(),
                Optional.ofNullable(object.eTag()).orElse(""),
                Optional.ofNullable(object.size()).orElse(0L)));
      }
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
      if (Boolean.TRUE.equals(page.isTruncated()) && token == null) {
        // Part of a listing would make definitions seem to be gone.
        throw failures.unusableAnswer("list " + location, "more is to come, and no token for it");
      }
    } while (token != null);
    return listed;
  }

  private ListObjectsV2Response page(@Nullable String token) {
    return calling(
        "list " + location,
        () ->
            client.listObjectsV2(
                r ->
                    r.bucket(location.bucket())
                        .prefix(location.prefix())
                        .delimiter("/")
                        .maxKeys(pageKeys)
                        .continuationToken(token)));
  }

  /**
   * Reads an object, and no more of it than one byte beyond a limit.
   *
   * @throws KinesisException whose kind tells whether it is the object or the service
   */
  Read read(String key, int maxBytes) {
    return calling(
        "read " + location.address(key),
        () ->
            client.getObject(
                r -> r.bucket(location.bucket()).key(key),
                (response, in) -> {
                  byte[] bytes = in.readNBytes(maxBytes + 1);
                  if (bytes.length > maxBytes) {
                    in.abort(); // Closing it would read the rest.
                  }
                  return new Read(Optional.ofNullable(response.eTag()).orElse(""), bytes);
                }));
  }

  private <T> T calling(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failures.of(what, Kind.REFUSED, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
