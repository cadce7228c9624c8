package dev.millrace.read;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a subscription pushed at once. It carries no time of the service: an event may have lain in
 * a buffer on its way, so it proves nothing about what had arrived by now.
 *
 * @param records in sequence order, each as the service stores it; an idle shard pushes none
 * @param bytes the payloads
 * @param continuation after which record to go on, which moves on even where there are no records;
 *     empty means that the shard is closed and was read to its end
 * @param millisBehind how far behind the tip the event ends; empty where the service does not say
 * @param children the shards that follow a closed one, as far as the service names them
 */
public record Push(
    List<UserRecord> records,
    long bytes,
    Optional<SequenceNumber> continuation,
    OptionalLong millisBehind,
    List<ChildShard> children) {}
