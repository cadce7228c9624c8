package dev.millrace.simulation;

import dev.millrace.read.Event;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.Step;
import dev.millrace.stream.ShardId;

/** Events and steps for whoever replays a seed. */
final class Words {
  private Words() {}

  static String of(ShardId shard, Event event) {
    return shard.value().substring(shard.value().length() - 3) + " " + of(event);
  }

  private static String of(Event event) {
    if (event instanceof Event.Answered answered) {
      RecordsAnswer answer = answered.answer();
      return "answered "
          + answer.records().size()
          + (answer.records().isEmpty() ? "" : " from " + answer.records().get(0).sequence())
          + (answer.next().isEmpty() ? " END " + answer.children() : "")
          + " lag "
          + answer.millisBehind();
    } else if (event instanceof Event.Pushed pushed) {
      return "pushed "
          + pushed.push().records().size()
          + " to "
          + pushed.push().continuation()
          + " lag "
          + pushed.push().millisBehind();
    } else if (event instanceof Event.CallFailed failed) {
      return "failed " + failed.cause().getMessage();
    }
    return event.getClass().getSimpleName();
  }

  static String of(Step step) {
    if (step instanceof Step.Emit emit) {
      RecordBatch batch = emit.batch();
      return "EMIT " + batch.records().get(0) + " … " + batch.last() + " end " + batch.end();
    } else if (step instanceof Step.CallIterator call) {
      return "iterator " + call.position();
    } else if (step instanceof Step.Subscribe call) {
      return "subscribe " + call.position();
    } else if (step instanceof Step.WaitUntil wait) {
      return "wait until " + wait.nanos() / Scheduler.MILLI;
    } else if (step instanceof Step.Done done) {
      return "DONE " + done.end();
    } else if (step instanceof Step.Failed failed) {
      return "FAILED " + failed.cause().getMessage();
    }
    return step.getClass().getSimpleName();
  }
}
