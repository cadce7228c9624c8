package dev.millrace.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Another SDK's producer against our emulator, also while it refuses records. */
class NodeProducerIT {

  @Test
  void put_honoursPartialFailures() {
    try (EmulatorFixture fixture = new EmulatorFixture()) {
      fixture.faults().next(1, Fault.throttle(), FaultScope.operation("PutRecords"));
      List<NodeProducer.KeyedData> records =
          IntStream.range(0, 700)
              .mapToObj(i -> NodeProducer.KeyedData.of("key-" + i, "value-" + i))
              .toList();

      List<NodeProducer.Put> puts =
          new NodeProducer(fixture.emulator().endpoint())
              .createAndPut(EmulatorFixture.STREAM, 1, records);

      assertThat(fixture.page(fixture.trimHorizon()).records())
          .extracting(record -> record.sequenceNumber() + " " + record.data().asUtf8String())
          .containsExactlyElementsOf(
              IntStream.range(0, 700)
                  .mapToObj(i -> puts.get(i).sequenceNumber() + " value-" + i)
                  .toList());
    }
  }
}
