package dev.millrace.table.json;

import java.util.List;

/**
 * A definition with a fault, and what the user is told.
 *
 * @param onlyTheReaderKnows whether the JSON Schema takes it
 * @param problems all of them, each with its place
 */
record WrongDefinition(String json, boolean onlyTheReaderKnows, List<String> problems) {
  private static final String OPTIONS = "message.options.";

  /** Quotes are single ones here. */
  static final List<WrongDefinition> ALL =
      List.of(
          schema("{'streamName':'s'}", "tableName: this key is missing. It takes: text"),
          schema(
              "{'tableName':' ','streamName':true}",
              "tableName: the text is empty. Write a value",
              "streamName: true is not a text"),
          reader(
              "{'tableName':'t','streamName':'arn:aws:s3:::bucket'}",
              "streamName: Not the ARN of a stream: 'arn:aws:s3:::bucket'"
                  + " (arn:PARTITION:kinesis:REGION:ACCOUNT:stream/NAME)"),
          schema(
              table("'region':'EU West'"),
              "region: 'EU West' is not a region's name, such as eu-west-1"),
          reader(
              "{'tableName':'t','streamName':'arn:aws:kinesis:us-east-1:123456789012:stream/s',"
                  + "'region':'eu-west-1'}",
              "region: 'eu-west-1' contradicts the ARN in streamName, which says 'us-east-1'."
                  + " Remove this key, or change one of the two"),
          schema(
              table("'endpoint':'localhost:4567'"),
              "endpoint: 'localhost:4567' is not an address; write http:// or https:// and a host,"
                  + " as in https://kinesis.eu-west-1.amazonaws.com"),
          reader(
              table("'endpoint':'https://me:pass@host/'"),
              "endpoint: the address names a user; credentials do not belong in a definition file,"
                  + " and these are not used. Remove it; name a role with roleArn, or give"
                  + " credentials in the environment, an AWS profile or the engine's catalog"
                  + " properties"),
          schema(
              table("'roleArn':'reader'"),
              "roleArn: 'reader' is not a role's ARN, arn:PARTITION:iam::ACCOUNT:role/NAME"),
          schema(
              table("'externalId':'abc','roleSessionName':'me'"),
              "externalId: this has no effect without roleArn. Write it, or remove this key",
              "roleSessionName: this has no effect without roleArn. Write it, or remove this key"),
          schema(
              table("'roleArn':'arn:aws:iam::123456789012:role/r','roleSessionName':'a b'"),
              "roleSessionName: 'a b' is not allowed here: 2 to 64 letters, digits and characters of"
                  + " _+=,.@-"),
          schema(
              table("'start':'trim-horzon'"),
              "start: 'trim-horzon' is not a start. Did you mean 'trim-horizon'? Allowed:"
                  + " trim-horizon, latest, a duration back such as 24h, 15m or 7d, or a time such"
                  + " as 2024-01-31T12:00:00Z"),
          reader(
              table("'start':'4000d'"), "start: '4000d' is too long: a duration is at most 3650d"),
          reader(
              table("'start':'1960-01-01'"),
              "start: '1960-01-01' is not a time of the years 1970 to 9999"),
          schema(table("'message':[]"), "message: [] is not an object; write { … }"),
          schema(
              table("'message':{}"),
              "message.dataFormat: this key is missing. It takes: json, csv, raw, avro, protobuf,"
                  + " text, dummy",
              "message.fields: this key is missing. It takes: list of fields"),
          schema(
              message("'dataFormat':'jsn','fields':[]"),
              "message.dataFormat: 'jsn' is not a message format. Did you mean 'json'? Allowed:"
                  + " json, csv, raw, avro, protobuf, text, dummy"),
          schema(
              json("'compressionCodec':'ZIP'"),
              "message.compressionCodec: 'ZIP' is not a compression. Did you mean 'GZIP'? Allowed:"
                  + " UNCOMPRESSED, GZIP, ZLIB, ZSTD, SNAPPY, AUTOMATIC"),
          schema(
              json("'onBad':'drop'"),
              "message.onBad: 'drop' is not a policy for bad messages. Allowed: null, skip, fail"),
          schema(
              json("'envelopes':'gzip'"), "message.envelopes: \"gzip\" is not a list; write [ … ]"),
          schema(
              json("'envelopes':['gzp',5]"),
              "message.envelopes[0]: 'gzp' is not an envelope. Did you mean 'gzip'? Allowed: gzip,"
                  + " zlib, zstd, snappy, automatic, base64, glue, cloudwatch-logs, json, json-lines,"
                  + " lines, dynamodb-json",
              "message.envelopes[1]: 5 is not an envelope; write a name, or an object with the key"
                  + " type"),
          schema(
              json("'envelopes':[{'rows':'a'}]"),
              "message.envelopes[0].type: this key is missing. It takes: gzip, zlib, zstd, snappy,"
                  + " automatic, base64, glue, cloudwatch-logs, json, json-lines, lines,"
                  + " dynamodb-json"),
          schema(
              json("'envelopes':[{'type':'gzip','message':'a'}]"),
              "message.envelopes[0].message: this belongs to the envelope json. Remove it, or write"
                  + " \"type\": \"json\""),
          reader(
              json("'envelopes':[{'type':'json','rows':'a['}]"),
              "message.envelopes[0].rows: 'a[' is not a path. Write names with slashes between, as"
                  + " in a/b or a/b[0]/c"),
          reader(
              json("'envelopes':['cloudwatch-logs',{'type':'json','message':'a'}]"),
              "message.envelopes[1]: only one envelope cloudwatch-logs, or json with the key"
                  + " message, can be in a list: columns with \"in\": \"envelope\" are read from it"),
          reader(
              field("'in':'envelope'"),
              "message.fields[0].in: there is no envelope to read this from. Add json or"
                  + " cloudwatch-logs to message.envelopes, or remove this key"),
          schema(
              field("'in':'mesage'"),
              "message.fields[0].in: 'mesage' is not a place of values. Did you mean 'message'?"
                  + " Allowed: message, envelope"),
          schema(field("'hidden':'yes'"), "message.fields[0].hidden: \"yes\" is not true or false"),
          schema(field("'mapping':['a']"), "message.fields[0].mapping: [\"a\"] is not a text"),
          schema(json("'options':'tab'"), "message.options: \"tab\" is not an object; write { … }"),
          schema(
              json("'options':{'delimiter':'x'}"),
              OPTIONS
                  + "delimiter: this is an option of csv, but dataFormat is json, which takes no"
                  + " options"),
          schema(
              options("avro", "'schema':{'type':'long'},'messageType':'x'"),
              OPTIONS
                  + "messageType: this is an option of protobuf, but dataFormat is avro, which takes"
                  + " schema, encoding"),
          schema(
              options("csv", "'delimiter':'||'"),
              OPTIONS
                  + "delimiter: '||' is not one character. Write one, or a word: tab, space, comma,"
                  + " semicolon, pipe"),
          schema(
              options("csv", "'quote':'ab','escape':'cd'"),
              OPTIONS + "quote: 'ab' is not one character. Write one, or \"\" for none",
              OPTIONS + "escape: 'cd' is not one character. Write one, or \"\" for none"),
          reader(
              options("csv", "'delimiter':'|','quote':'|'"),
              OPTIONS + "quote: it is the delimiter, too. Change one of them"),
          schema(options("csv", "'urlEncoded':1"), OPTIONS + "urlEncoded: 1 is not true or false"),
          schema(
              options("avro", "'encoding':'binary'"),
              OPTIONS
                  + "schema: Avro messages are read by their schema. Write a file's name ending in"
                  + " .avsc or the schema as an object, or the envelope glue where messages name it"),
          schema(
              options("avro", "'schema':'orders.json'"),
              OPTIONS
                  + "schema: \"orders.json\" is not a file's name ending in .avsc, nor a schema as an"
                  + " object"),
          reader(
              options("avro", "'schema':'gone.avsc'"),
              OPTIONS + "schema: there is no file 'gone.avsc'"),
          reader(
              options("avro", "'schema':'broken.avsc'"),
              OPTIONS
                  + "schema: in the file 'broken.avsc' the JSON is broken at line 1, column 10:"
                  + " Unexpected character ('}' (code 125)): was expecting a colon to separate field"
                  + " name and value"),
          schema(
              options("avro", "'schema':{'type':'long'},'encoding':'json'"),
              OPTIONS
                  + "encoding: 'json' is not an encoding of Avro. Allowed: binary, single-object"),
          schema(
              options("protobuf", ""),
              OPTIONS
                  + "descriptorSet: this key is missing. It takes: a file's name, or base64: and its"
                  + " content",
              OPTIONS + "messageType: this key is missing. It takes: a message's full name"),
          schema(
              options("protobuf", "'descriptorSet':'gone.desc','messageType':'shop Order'"),
              OPTIONS + "descriptorSet: there is no file 'gone.desc'",
              OPTIONS
                  + "messageType: 'shop Order' is not a message's full name, such as shop.Order"));

  private static WrongDefinition schema(String json, String... problems) {
    return new WrongDefinition(json.replace('\'', '"'), false, List.of(problems));
  }

  private static WrongDefinition reader(String json, String... problems) {
    return new WrongDefinition(json.replace('\'', '"'), true, List.of(problems));
  }

  private static String table(String keys) {
    return "{'tableName':'t','streamName':'s'," + keys + "}";
  }

  private static String message(String keys) {
    return table("'message':{" + keys + "}");
  }

  private static String json(String keys) {
    return message("'dataFormat':'json','fields':[]," + keys);
  }

  private static String field(String keys) {
    return message("'dataFormat':'json','fields':[{'name':'a','type':'VARCHAR'," + keys + "}]");
  }

  private static String options(String format, String keys) {
    return message("'dataFormat':'%s','fields':[],'options':{%s}".formatted(format, keys));
  }
}
