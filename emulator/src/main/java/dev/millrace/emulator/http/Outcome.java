package dev.millrace.emulator.http;

/** What a request leads to: one reply, or an answer that goes on. */
public sealed interface Outcome permits Reply, EventReply {}
