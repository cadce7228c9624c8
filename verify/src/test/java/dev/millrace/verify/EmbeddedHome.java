package dev.millrace.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command from its bundle, a process for each question, one store for all of them. */
final class EmbeddedHome implements Home {
  private static final JsonFactory JSON = new ObjectMapper().getFactory();

  private final Path command;
  private final Path store;
  private final Path definitions;
  private final URI endpoint;

  EmbeddedHome(Path work, Path definitions, URI endpoint) {
    this.command = CommandBundle.unpack(work.resolve("bundle")).resolve("bin/millrace");
    this.store = work.resolve("store");
    this.definitions = definitions;
    this.endpoint = endpoint;
  }

  @Override
  public List<String> ask(String sql) throws IOException {
    Command.Result result =
        Command.of(
                command.toString(),
                "query",
                "--output",
                "json",
                "--store",
                store.toString(),
                "--definitions",
                definitions.toString(),
                "--endpoint-url",
                endpoint.toString(),
                "--region",
                "us-east-1",
                sql)
            .run();
    if (result.exitCode() != 0) {
      throw new AssertionError(result.err());
    }
    List<String> rows = new ArrayList<>();
    for (String line : result.outLines()) {
      rows.add(row(line));
    }
    return rows;
  }

  private static String row(String line) throws IOException {
    List<String> values = new ArrayList<>();
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        json.nextToken();
        values.add(value(json));
      }
    }
    return AnswerText.row(values);
  }

  private static String value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> AnswerText.of(null);
      case START_OBJECT, START_ARRAY -> AnswerText.ofJson(json.readValueAsTree().toString());
      // Texts and numbers by their characters: no number type holds all of them.
      default -> AnswerText.of(json.getText());
    };
  }

  @Override
  public void close() {}
}
