package dev.millrace.pinot.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server in a process of its own, so that it can be killed. It answers a line with a line. */
final class ServerCommand {
  static final String ANSWER = "answer ";

  private ServerCommand() {}

  public static void main(String[] arguments) throws Exception {
    PinotServer server =
        PinotServer.start(
            arguments[0], "localhost", Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    System.out.println(ANSWER + "\"ready\"");
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String question = questions.readLine();
    while (question != null) {
      String[] parts = question.split("\t", 2);
      System.out.println(
          ANSWER + new ObjectMapper().writeValueAsString(server.query(parts[0], parts[1])));
      question = questions.readLine();
    }
    System.exit(0);
  }
}
