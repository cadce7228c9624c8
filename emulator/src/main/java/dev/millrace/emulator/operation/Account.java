package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.stream.StreamStore;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose streams these are and where: names in ARNs and in messages, and how requests name streams.
 */
public final class Account {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:kinesis:([^:]*):([^:]*):stream/([a-zA-Z0-9_.-]+)");

  private final String id;
  private final String region;
  private final StreamStore streams;

  public Account(String id, String region, StreamStore streams) {
    this.id = id;
    this.region = region;
    this.streams = streams;
  }

  String id() {
    return id;
  }

  StreamStore streams() {
    return streams;
  }

  String arn(KinesisStream stream) {
    return "arn:aws:kinesis:%s:%s:stream/%s".formatted(region, id, stream.name());
  }

  /** The stream a request means by StreamName, by StreamARN, or by both if they agree. */
  KinesisStream stream(Fields request) {
    return stream(nameIn(request));
  }

  KinesisStream streamWithArn(String arn) {
    return stream(nameInArn(arn));
  }

  KinesisStream stream(String name) {
    return streams
        .find(name)
        .orElseThrow(
            () ->
                ServiceException.notFound(
                    "Stream %s under account %s not found.".formatted(name, id)));
  }

  Shard shard(KinesisStream stream, String shardId) {
    return stream
        .find(shardId)
        .orElseThrow(
            () ->
                ServiceException.notFound(
                    "Could not find shard %s in stream %s under account %s."
                        .formatted(shardId, stream.name(), id)));
  }

  private String nameIn(Fields request) {
    String name = request.text("StreamName");
    String arn = request.text("StreamARN");
    new Violations().name("streamName", name).throwIfAny();
    String named = arn == null ? null : nameInArn(arn);
    if (name != null && named != null && !name.equals(named)) {
      throw ServiceException.invalidArgument(
          "StreamName %s and StreamARN %s name different streams.".formatted(name, arn));
    }
    String either = name != null ? name : named;
    if (either == null) {
      throw ServiceException.invalidArgument("Either StreamName or StreamARN must be given.");
    }
    return either;
  }

  private String nameInArn(String arn) {
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      throw ServiceException.invalidArgument("StreamARN %s is not a stream's ARN.".formatted(arn));
    }
    if (!matcher.group(1).equals(region) || !matcher.group(2).equals(id)) {
      throw ServiceException.notFound(
          "Stream %s not found: this emulator is account %s in %s.".formatted(arn, id, region));
    }
    return matcher.group(3);
  }
}
