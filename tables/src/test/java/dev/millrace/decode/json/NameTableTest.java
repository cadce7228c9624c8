package dev.millrace.decode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names found and foreseen, as the scanner reads them. */
class NameTableTest {
  private final JsonScanner scanner = new JsonScanner();

  /** What the names of an object's wanted members stand for. */
  private List<String> read(NameTable<String> names, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    scanner.reset(bytes, 0, bytes.length);
    List<String> found = new ArrayList<>();
    MemberName<String> last = names.start();
    for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
      MemberName<String> member = scanner.wantedMember(names, last);
      if (member == null) {
        break;
      }
      found.add(member.meaning());
      scanner.skipValue();
      last = member;
    }
    assertThat(scanner.atEnd()).isTrue();
    return found;
  }

  private static NameTable<String> wanted(String... names) {
    Map<String, String> wanted = new HashMap<>();
    for (String name : names) {
      wanted.put(name, name);
    }
    return new NameTable<>(wanted);
  }

  @Test
  void namesOfAnyLength_areFoundAtFirstAndForeseenThen() {
    for (int length = 0; length < 40; length++) {
      String name = "n".repeat(length);
      NameTable<String> names = wanted(name);
      String json = "{\"other\":1,\"" + name + "\":2}";
      assertThat(read(names, json)).containsExactly(name);
      assertThat(read(names, json)).containsExactly(name);
    }
  }

  @Test
  void emptyName_isFoundAsTheFirst() {
    NameTable<String> names = wanted("");
    assertThat(read(names, "{\"\":1}")).containsExactly("");
    assertThat(read(names, "{\"\":1,\"\":2}")).containsExactly("", "");
    assertThat(read(wanted("a"), "{\"\":1}")).isEmpty();
  }

  @Test
  void nameThatDiffersInOneByte_isNotTheOneForeseen() {
    for (int length = 1; length < 30; length++) {
      String name = "n".repeat(length);
      NameTable<String> names = wanted(name);
      for (int at = 0; at < length; at++) {
        assertThat(read(names, "{\"" + name + "\":1}")).containsExactly(name);
        String other = name.substring(0, at) + "m" + name.substring(at + 1);
        assertThat(read(names, "{\"" + other + "\":1}")).isEmpty();
      }
    }
  }

  @Test
  void nameForeseenAtTheEndOfTheBuffer_isNotReadBeyondIt() {
    NameTable<String> names = wanted("a name of some length");
    assertThat(read(names, "{\"a name of some length\":1}")).hasSize(1);
    assertThatThrownBy(() -> read(names, "{\"a name of some"))
        .hasMessage("the message ends inside a string");
    assertThatThrownBy(() -> read(names, "{\"a name of some length\""))
        .hasMessage("the message ends inside a value");
    assertThatThrownBy(() -> read(names, "{\"a name of some length\":"))
        .hasMessage("the message ends inside a value");
    NameTable<String> brief = wanted("a");
    assertThat(read(brief, "{\"a\":1}")).containsExactly("a");
    assertThatThrownBy(() -> read(brief, "{\"a\":")).hasMessage("the message ends inside a value");
  }

  @Test
  void whiteSpaceAndEscapes_hideNoName() {
    NameTable<String> names = wanted("a", "b");
    String json = "{ \"a\" : 1 ,\n\"x\" : 2 , \"\\u0062\" : 3, \"\\u0079\" : 4, \"a\": 5 }";
    List<String> expected = List.of("a", "b", "a");
    assertThat(read(names, json)).isEqualTo(expected);
    assertThat(read(names, json)).isEqualTo(expected);
    assertThat(read(names, json.replace(" ", "").replace("\n", ""))).isEqualTo(expected);
  }

  /** What such a name means is no JSON when it is written without the escape. */
  @Test
  void nameThatNeedsAnEscape_isNeverForeseen() {
    for (String meant : List.of("\\", "\"", "\n")) {
      String escaped = meant.equals("\n") ? "\\n" : "\\" + meant;
      for (NameTable<String> names : List.of(wanted("a"), wanted(meant))) {
        String found = names.find(meant.getBytes(StandardCharsets.UTF_8), 0, 1).meaning();
        for (int i = 0; i < 2; i++) {
          assertThat(read(names, "{\"" + escaped + "\":1,\"" + escaped + "\":2}"))
              .isEqualTo(found == null ? List.of() : List.of(meant, meant));
        }
        assertThatThrownBy(() -> read(names, "{\"" + meant + "\":1}"))
            .isInstanceOf(JsonSyntaxException.class);
      }
    }
  }

  @Test
  void halfOfASurrogatePair_isAnUnwantedName() {
    assertThat(read(wanted("a"), "{\"\\ud83d\":1,\"a\":2}")).containsExactly("a");
  }

  @Test
  void moreNamesThanAreLearned_areStillToldFromTheWanted() {
    NameTable<String> names = wanted("w1", "w2");
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 3 * NameTable.MAX_LEARNED; i++) {
      json.append("\"name").append(i).append("\":").append(i).append(",\"w1\":0,");
    }
    json.append("\"w2\":0}");
    for (int round = 0; round < 2; round++) {
      List<String> found = read(names, json.toString());
      assertThat(found).hasSize(3 * NameTable.MAX_LEARNED + 1).endsWith("w1", "w2");
      assertThat(found.stream().filter("w1"::equals)).hasSize(3 * NameTable.MAX_LEARNED);
    }
  }

  @Test
  void namesThatTakeTurns_areTold() {
    NameTable<String> names = wanted("a", "b", "c");
    for (int i = 0; i < 3; i++) {
      assertThat(read(names, "{\"a\":1,\"b\":2}")).containsExactly("a", "b");
      assertThat(read(names, "{\"a\":1,\"c\":2}")).containsExactly("a", "c");
      assertThat(read(names, "{\"b\":1,\"a\":2}")).containsExactly("b", "a");
      assertThat(read(names, "{\"c\":1, \"b\":2, \"a\":3}")).containsExactly("c", "b", "a");
    }
  }

  @Test
  void wantedMembersBetweenOthers_areFoundAndTheRestIsChecked() {
    NameTable<String> names = wanted("a", "b");
    String json = "{\"x\":{\"a\":1}, \"a\":1,\"y\":[2,{}],\"z\":\"s\" , \"b\":3,\"w\":0.5}";
    for (int round = 0; round < 2; round++) {
      assertThat(read(names, json)).containsExactly("a", "b");
      assertThatThrownBy(() -> read(names, json.replace("0.5}", "0.5]")))
          .hasMessage("expected ',' or '}', found ']'");
      assertThatThrownBy(() -> read(names, json.replace("0.5", "05")))
          .hasMessage("a number is not written as JSON writes it");
      assertThatThrownBy(() -> read(names, json.replace("2,{}", "2,{]")))
          .hasMessage("expected a name in quotes, found ']'");
    }
  }
}
