package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;
import org.apache.pinot.spi.stream.StreamMetadataProvider;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;
import org.junit.jupiter.api.Test;

/** What the guide of the plugin promises. */
class GuideTest {
  private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  private static List<JsonNode> jsonBlocks() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("millrace.root", ".")).resolve("docs/guides/pinot.md"));
    List<JsonNode> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      blocks.add(new ObjectMapper().readTree(matcher.group(1)));
    }
    return blocks;
  }

  /** The actions that the guide's first policy allows. */
  private static Set<String> allowed() throws IOException {
    Set<String> actions = new TreeSet<>();
    for (JsonNode block : jsonBlocks()) {
      if (block.has("Statement")) {
        for (JsonNode action : block.get("Statement").get(0).get("Action")) {
          actions.add(action.textValue().substring("kinesis:".length()));
        }
        return actions;
      }
    }
    throw new IllegalStateException("The guide has no policy");
  }

  @Test
  void policy_isWhatIsCalled_fromNewTableToReshard() throws Exception {
    try (KinesisEmulator emulator =
            KinesisEmulator.start(EmulatorOptions.defaults().withMaxMemoryBytes(64 << 20));
        ServiceBetween service = ServiceBetween.listening(emulator.endpoint())) {
      emulator.streams().createStream("orders", 1);
      KinesisTable table = KinesisTable.of("orders", "orders", service.endpoint());
      new Groups(table.with("shardIteratorType", "LATEST")).after(List.of());
      Groups groups = new Groups(table);
      PartitionGroupMetadata group = groups.after(List.of()).get(0);
      emulator.streams().put("orders", "key", "row".getBytes(StandardCharsets.UTF_8));
      emulator.streams().split("orders", "shardId-000000000000");
      StreamPartitionMsgOffset end = groups.read(group, Integer.MAX_VALUE, batch -> {});
      groups.after(
          List.of(new PartitionGroupConsumptionStatus(0, 0, group.getStartOffset(), end, "DONE")));
      try (StreamMetadataProvider provider =
          groups.factory().createStreamMetadataProvider("proof")) {
        provider.fetchPartitionCount(5_000);
      }

      assertThat(service.operations()).isEqualTo(allowed());
    }
  }
}
