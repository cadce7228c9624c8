package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same questions about the same streams have the same answers in every home. Streams, definitions
 * and questions are in {@code same-answers}; {@link AnswerText} says how values are compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SameAnswersContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Path FILES = Repository.file("verify/src/test/resources/same-answers");

  private final KinesisEmulator emulator =
      KinesisEmulator.start(EmulatorOptions.defaults().withClock(clockThatStartsAt(NOON)));

  private static EmulatorClock clockThatStartsAt(Instant start) {
    Duration ago = Duration.between(start, Instant.now());
    return () -> Instant.now().minus(ago);
  }

  /** Opens the home before the first question. */
  abstract void open(Path work, Path definitions, URI endpoint) throws Exception;

  /** The home, as often as it is asked in different ways. */
  abstract Stream<Home> homes();

  @BeforeAll
  void prepare(@TempDir Path work) throws Exception {
    StreamScript.play(FILES.resolve("records.txt"), emulator.streams());
    Path home = Files.createDirectory(work.resolve("home"));
    open(home, FILES.resolve("definitions"), emulator.endpoint());
  }

  @AfterAll
  void stop() throws Exception {
    try {
      for (Home home : homes().toList()) {
        home.close();
      }
    } finally {
      emulator.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> questions_areAnsweredAlike() {
    return homes()
        .flatMap(
            home ->
                Question.load(FILES.resolve("questions.txt")).stream()
                    .map(
                        question ->
                            DynamicTest.dynamicTest(question.name(), () -> check(home, question))));
  }

  private static void check(Home home, Question question) throws Exception {
    assertThat(home.ask(question.sql())).as(question.sql()).isEqualTo(question.rows());
  }
}
