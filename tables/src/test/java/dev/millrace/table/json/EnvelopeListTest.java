package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvelopeListTest {

  @Test
  void names_areEnvelopesFromTheOutsideIn() {
    assertThat(EnvelopeList.parse("base64, gzip"))
        .containsExactly(new Envelope.Base64(), new Envelope.Compressed(Compression.GZIP));
  }

  @Test
  void listOfADefinition_isRead() {
    assertThat(EnvelopeList.parse("[\"gzip\", {\"type\": \"json\", \"message\": \"detail\"}]"))
        .containsExactly(
            new Envelope.Compressed(Compression.GZIP),
            new Envelope.JsonWrapper(Optional.empty(), Optional.of("detail")));
  }

  @Test
  void wrongName_isToldWithWhatIsAllowed() {
    assertThatThrownBy(() -> EnvelopeList.parse("gzipp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'gzipp' is not an envelope")
        .hasMessageContaining("cloudwatch-logs");
    assertThatThrownBy(() -> EnvelopeList.parse("[\"gzip\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken");
    assertThatThrownBy(() -> EnvelopeList.parse("")).isInstanceOf(IllegalArgumentException.class);
  }
}
