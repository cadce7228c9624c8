package dev.millrace.emulator.http;

/** Answers requests. Called on a network thread: it must not block. */
@FunctionalInterface
public interface RequestHandler {
  Outcome handle(Request request);
}
