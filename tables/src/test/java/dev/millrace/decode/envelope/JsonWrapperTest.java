package dev.millrace.decode.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonWrapperTest {
  private static final Envelope CLOUDWATCH = new Envelope.CloudWatchLogs();
  private static final Envelope JSON_LINES = new Envelope.JsonLines();

  private static Envelope rows(String path) {
    return new Envelope.JsonWrapper(Optional.of(path), Optional.empty());
  }

  private static Envelope rows(String path, String message) {
    return new Envelope.JsonWrapper(Optional.of(path), Optional.of(message));
  }

  private static Envelope one(String message) {
    return new Envelope.JsonWrapper(Optional.empty(), Optional.of(message));
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Opened opened(String text, Envelope... outsideIn) {
    return new Opened(outsideIn).record(json(text));
  }

  private static List<String> open(String text, Envelope... outsideIn) {
    return opened(text, outsideIn).all().stream().map(t -> t.replace('"', '\'')).toList();
  }

  private static List<String> wrappers(String text, Envelope... outsideIn) {
    return opened(text, outsideIn).wrappers().stream().map(t -> t.replace('"', '\'')).toList();
  }

  @Test
  void eachElement_standsInPlaceOfItsArray() {
    assertThat(open(" {'a':1,'list':[ {'b':2} , 3],'c':{}}\n", rows("list")))
        .containsExactly("{'a':1,'list':{'b':2},'c':{}}", "{'a':1,'list':3,'c':{}}");
    assertThat(open("{'a':{'list':['x'],'b':1},'list':[1,2]}", rows("a/list")))
        .containsExactly("{'a':{'list':'x','b':1},'list':[1,2]}");
  }

  @Test
  void noRows_areNone_andWhatIsNoArrayIsOne() {
    for (String none : List.of("{'list':[]}", "{'list':null}", "{'b':1}", "{}", "{'list':[ ]}")) {
      assertThat(open(none, rows("list"))).isEmpty();
      assertThat(open(none, rows("list", "list/m"))).isEmpty();
    }
    assertThat(open("{'list':{'m':'x'},'b':1}", rows("list")))
        .containsExactly("{'list':{'m':'x'},'b':1}");
    assertThat(open("{'list':{'m':'x'},'b':1}", rows("list", "list/m"))).containsExactly("x");
    assertThat(open("{'list':'text'}", rows("list"))).containsExactly("{'list':'text'}");
  }

  @Test
  void documentThatIsAnArray_isExplodedAsAWhole() {
    assertThat(open("[{'a':1}, 2]", rows("/"))).containsExactly("{'a':1}", "2");
    assertThat(open("[{'m':'x'},{'m':'y'}]", rows("/", "m"))).containsExactly("x", "y");
    assertThat(open("{'a':1}", rows("/"))).containsExactly("{'a':1}");
  }

  @Test
  void message_isATextUnescaped_orTheJsonOfAnythingElse() {
    assertThat(
            open(
                "{'list':[{'m':'a\\n\\u00e9'},{'m':{'x': 1}},{'m':2},{'m':true},{'m':''}]}",
                rows("list", "list/m")))
        .containsExactly("a\n\u00C3\u00A9", "{'x': 1}", "2", "true", "");
    assertThat(open("{'detail':{'a':[1]},'b':2}", one("detail"))).containsExactly("{'a':[1]}");
    assertThat(open("{'list':['a','b']}", rows("list", "list"))).containsExactly("a", "b");
    assertThat(open("{'m':'same','list':[1,2]}", rows("list", "m")))
        .containsExactly("same", "same");
    assertThat(open("{'list':[{'d':[{'m':'x'}]}]}", rows("list", "list/d[0]/m")))
        .containsExactly("x");
  }

  @Test
  void messageThatIsMissing_isDamaged_andItsDocumentStands() {
    assertThat(open("{'list':[{'m':'x'},{'m':null},{},5]}", rows("list", "list/m")))
        .containsExactly(
            "x",
            "!the envelope has no message at list/m",
            "!the envelope has no message at list/m",
            "!the envelope has no message at list/m");
    assertThat(wrappers("{'list':[{'m':'x'},{'m':null},5]}", rows("list", "list/m")))
        .containsExactly("{'list':{'m':'x'}}", "{'list':{'m':null}}", "{'list':5}");
    assertThat(open("{'a':1}", one("m"))).containsExactly("!the envelope has no message at m");
    assertThat(open("{'m':'\\ud800'}", one("m")))
        .singleElement()
        .asString()
        .contains("surrogate pair");
  }

  @Test
  void nameThatComesTwice_hasItsLastValue() {
    assertThat(open("{'list':[1],'list':[{'m':'a','m':'b'}]}", rows("list", "list/m")))
        .containsExactly("b");
    assertThat(open("{'a':{'list':[1]},'a':{}}", rows("a/list"))).isEmpty();
    assertThat(open("{'l\\u0069st':[1]}", rows("list"))).hasSize(1);
  }

  @Test
  void whatIsNoDocument_isDamaged() {
    assertThat(open("", rows("a"))).containsExactly("!the message is empty; expected JSON");
    assertThat(open("[1]", rows("a"))).containsExactly("!the envelope is no JSON object");
    assertThat(open("'x'", one("a"))).containsExactly("!the envelope is no JSON object");
    String whole = "{'a':1,'list':[{'m':'x\\n'},{'m':2.5e1}],'c':{'d':[true,null]}}";
    for (int length = 0; length < whole.length(); length++) {
      assertThat(open(whole.substring(0, length), rows("list", "list/m")))
          .singleElement()
          .asString()
          .startsWith("!");
    }
  }

  @Test
  void moreBehindTheDocument_isSaid() {
    assertThat(open("{'list':[1]} {'list':[2]}", rows("list")))
        .containsExactly(
            "{'list':1}",
            "!more follows the JSON value at byte 13; for several values in a record use the"
                + " envelope json-lines");
    Opened one = opened("{'m':'x'} 5", one("m"));
    assertThat(one.all()).containsExactly("x");
    assertThat(one.context().takeIncomplete()).startsWith("more follows the JSON value at byte 10");
    assertThat(open("{'list':[1]} {'list':[2]}", JSON_LINES, rows("list")))
        .containsExactly("{'list':1}", "{'list':2}");
  }

  @Test
  void cloudWatchLogs_haveAMessageForEachEvent() {
    String data =
        "{'messageType':'DATA_MESSAGE','owner':'1','logEvents':["
            + "{'id':'1','timestamp':5,'message':'a b'},{'id':'2','timestamp':6,'message':'{}'}]}";
    assertThat(open(data, CLOUDWATCH)).containsExactly("a b", "{}");
    assertThat(wrappers(data, CLOUDWATCH).get(1))
        .isEqualTo(
            "{'messageType':'DATA_MESSAGE','owner':'1','logEvents':"
                + "{'id':'2','timestamp':6,'message':'{}'}}");
    assertThat(open("{'logEvents':[{'message':'x'}],'messageType':'DATA_MESSAGE'}", CLOUDWATCH))
        .containsExactly("x");
  }

  @Test
  void controlMessages_haveNone_andOthersAreDamaged() {
    assertThat(open("{'messageType':'CONTROL_MESSAGE','logEvents':[{'message':'x'}]}", CLOUDWATCH))
        .isEmpty();
    for (String other :
        List.of("{'messageType':'X'}", "{'messageType':1}", "{}", "[1]", "5", "{'a':1}")) {
      assertThat(open(other, CLOUDWATCH))
          .containsExactly(
              "!the message is not of CloudWatch Logs: its messageType is not DATA_MESSAGE or"
                  + " CONTROL_MESSAGE");
    }
    byte[] packed = Packing.pack(dev.millrace.table.Compression.GZIP, json("{}"));
    assertThat(Opened.open(packed, CLOUDWATCH))
        .containsExactly(
            "!the message is gzip, as CloudWatch Logs sends it; set \"compressionCodec\":"
                + " \"AUTOMATIC\"");
  }

  @Test
  void jsonLinesInLogEvents_areMessagesOfTheirOwn() {
    String data =
        "{'messageType':'DATA_MESSAGE','logEvents':["
            + "{'id':'1','message':'{\\'a\\':1}\\n{\\'a\\':2}'},{'id':'2','message':'!'}]}";
    String escaped = data.replace("\\'", "\\\"");
    assertThat(open(escaped, CLOUDWATCH, JSON_LINES))
        .hasSize(3)
        .startsWith("{'a':1}", "{'a':2}")
        .last()
        .asString()
        .startsWith("!the JSON is broken at byte 0");
    assertThat(wrappers(escaped, CLOUDWATCH, JSON_LINES).get(2)).contains("'id':'2'");
  }

  @Test
  void documentOfAnEarlierMessage_isNotThatOfADamagedOne() {
    Opened opened = opened("{'m':'x'} !", JSON_LINES, one("m"));
    assertThat(opened.all()).hasSize(2);
    assertThat(opened.wrappers()).containsExactly("{\"m\":\"x\"}", "");
  }

  @Test
  void largeRestTimesManyElements_endsWithAnError() {
    String rest = "x".repeat(10_000);
    String elements = "1,".repeat(1_000) + "1";
    List<String> all = open("{'rest':'" + rest + "','list':[" + elements + "]}", rows("list"));
    assertThat(all).hasSize(105);
    assertThat(all.get(104))
        .isEqualTo(
            "!897 of 1,001 elements are left out: the record is larger than 1048576 bytes when its"
                + " envelopes are opened, which is all that is allowed");
    List<String> repeated =
        open("{'m':'" + rest + "','list':[" + elements + "]}", rows("list", "m"));
    assertThat(repeated)
        .hasSize(53)
        .last()
        .asString()
        .startsWith("!949 of 1,001 elements are left out: the record is larger than ");
    assertThat(open("{'rest':'" + rest + "','list':[" + elements + "]}", rows("list", "list")))
        .as("who does not look at the document does not pay for it")
        .hasSize(1_001);
  }
}
