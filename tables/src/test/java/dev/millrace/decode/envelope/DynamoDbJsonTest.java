package dev.millrace.decode.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamoDbJsonTest {
  private static String open(String text) {
    List<String> all =
        Opened.open(
            text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), new Envelope.DynamoDbJson());
    assertThat(all).hasSize(1);
    return all.get(0).replace('"', '\'');
  }

  @Test
  void item_becomesPlain() {
    assertThat(
            open(
                "{'s':{'S':'x\\n'},'n': {'N':'-12345678901234567890.50E+3'},'b':{'B':'YQ=='},"
                    + "'t':{'BOOL':true},'f':{'BOOL': false},'z':{'NULL':true},"
                    + "'m':{'M':{'a':{'N':'1'},'b':{'M':{}}}},'l':{'L':[{'S':'x'},{'L':[]}]},"
                    + "'ss':{'SS':['a','b']},'ns':{'NS':['1','2.0']},'bs':{'BS':['YQ==']}} \n"))
        .isEqualTo(
            "{'s':'x\\n','n':-12345678901234567890.50E+3,'b':'YQ==',"
                + "'t':true,'f':false,'z':null,"
                + "'m':{'a':1,'b':{}},'l':['x',[]],"
                + "'ss':['a','b'],'ns':[1,2.0],'bs':['YQ==']} \n");
  }

  @Test
  void changeRecord_hasPlainItems_andTheRestAsItWas() {
    assertThat(
            open(
                "{'eventName':'MODIFY', 'dynamodb':{'ApproximateCreationDateTime':5,"
                    + "'OldImage':{'id':{'N':'7'}},'Keys':{'id': {'N':'7'}},"
                    + "'NewImage':{'id':{'N':'7'},'odd':5,'tags':{'SS':['a']}},'x':{'S':'y'}},"
                    + "'other':{'S':'x'}}"))
        .isEqualTo(
            "{'eventName':'MODIFY', 'dynamodb':{'ApproximateCreationDateTime':5,"
                + "'OldImage':{'id':7},'Keys':{'id':7},"
                + "'NewImage':{'id':7,'odd':5,'tags':['a']},'x':{'S':'y'}},"
                + "'other':{'S':'x'}}");
    assertThat(open("{'SizeBytes':1,'Keys':{'id':{'S':'x'}},'NewImage':null}"))
        .isEqualTo("{'SizeBytes':1,'Keys':{'id':'x'},'NewImage':null}");
  }

  @Test
  void wrongTypedValue_staysAsItIs() {
    for (String wrong :
        List.of(
            "{'N':1}",
            "{'N':'abc'}",
            "{'N':''}",
            "{'N':'1 '}",
            "{'N':'01'}",
            "{'S':5}",
            "{'BOOL':'true'}",
            "{'NULL':false}",
            "{'SS':['a',1]}",
            "{'NS':['1','x']}",
            "{'L':{}}",
            "{'M':[]}",
            "{'X':'y'}",
            "{'S':'x', 'N':'1'}",
            "{}",
            "{'LONGNAME':1}")) {
      String record = "{'v':1,'Keys':{'a':" + wrong + ",'b':{'M':{'c':" + wrong + "}}}}";
      assertThat(open(record))
          .isEqualTo("{'v':1,'Keys':{'a':" + wrong + ",'b':{'c':" + wrong + "}}}");
      assertThat(open("{'a':" + wrong + "}")).isEqualTo("{'a':" + wrong + "}");
    }
  }

  @Test
  void otherJson_staysAsItIs() {
    for (String other :
        List.of("{}", "[{'S':'x'}]", "5", "{'a':{'S':'x'},'b':2}", "{'S':'x'}", "{'a':1} 2")) {
      assertThat(open(other)).isEqualTo(other);
    }
    assertThat(open("{'a':{'S':'x'}} {'a':{'S':'y'}}")).isEqualTo("{'a':'x'} {'a':{'S':'y'}}");
  }

  @Test
  void brokenJson_isDamaged() {
    String whole = "{'dynamodb':{'Keys':{'id':{'N':'7'}},'NewImage':{'l':{'L':[{'S':'x'}]}}}}";
    for (int length = 0; length < whole.length(); length++) {
      assertThat(open(whole.substring(0, length))).startsWith("!");
    }
    String item = "{'l':{'L':[{'S':'x'},{'M':{'a':{'BOOL':true}}}]}}";
    for (int length = 0; length < item.length(); length++) {
      assertThat(open(item.substring(0, length))).startsWith("!");
    }
  }

  @Test
  void deepNesting_endsSoon() {
    String open = "{'M':{'a':".repeat(100);
    String wrong = "},'x':1}".repeat(100);
    String text = "{'v':1,'Keys':{'k':" + open + "'" + "x".repeat(100_000) + "'" + wrong + "}}";
    assertThat(open(text)).startsWith("!the record is larger than ");
    assertThat(open("{'a':" + "{'L':[".repeat(150) + "]}".repeat(150) + "}"))
        .contains("more than 250 levels deep");
    assertThat(open("{'a':" + "{'L':[".repeat(100) + "]}".repeat(100) + "}"))
        .isEqualTo("{'a':" + "[".repeat(100) + "]".repeat(100) + "}");
  }
}
