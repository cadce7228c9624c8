package dev.millrace.emulator;

import dev.millrace.emulator.http.EventReply;
import dev.millrace.emulator.http.EventSource;
import dev.millrace.emulator.http.Outcome;
import dev.millrace.emulator.http.Reply;
import dev.millrace.emulator.http.Reply.Delivery;
import dev.millrace.emulator.http.Request;
import dev.millrace.emulator.http.RequestHandler;
import dev.millrace.emulator.operation.KinesisService;
import dev.millrace.emulator.operation.Subscription;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.EventMessage;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import dev.millrace.emulator.wire.WireFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its reply: reads it, lets faults have their say, runs the operation. */
final class Dispatcher implements RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final String TARGET_PREFIX = "Kinesis_20131202.";
  private static final int OK = 200;

  private final KinesisService service;
  private final Faults faults;
  private final long seed;
  private final AtomicLong requests = new AtomicLong();

  Dispatcher(KinesisService service, Faults faults, long seed) {
    this.service = service;
    this.faults = faults;
    this.seed = seed;
  }

  /** What is known of a call when its answer is written. */
  private record Call(WireFormat format, String requestId, Duration delay, Delivery delivery) {
    Reply reply(int status, Answer answer) {
      List<ByteBuffer> body = answer.encode(format);
      return new Reply(status, format.contentType(), requestId, body, delay, delivery);
    }

    Call delayed(Duration by) {
      return new Call(format, requestId, delay.plus(by), delivery);
    }

    Call delivered(Delivery how) {
      return new Call(format, requestId, delay, how);
    }
  }

  @Override
  public Outcome handle(Request request) {
    WireFormat format = WireFormat.ofContentType(request.contentType()).orElse(WireFormat.JSON);
    String requestId = new UUID(seed, requests.incrementAndGet()).toString();
    Call call = new Call(format, requestId, Duration.ZERO, Delivery.WHOLE);
    try {
      String operation = operation(request);
      Fields fields = Fields.read(format, request.body());
      return answer(call, operation, fields);
    } catch (ServiceException e) {
      return call.reply(e.status(), Answer.of(e));
    } catch (RuntimeException e) {
      log.error("The emulator failed on {}", request.target(), e);
      ServiceException failure =
          ServiceException.server(500, "InternalFailure", "The emulator failed: " + e);
      return call.reply(failure.status(), Answer.of(failure));
    }
  }

  private static String operation(Request request) {
    String target = request.target();
    if (target == null || !target.startsWith(TARGET_PREFIX)) {
      throw ServiceException.of(
          "UnknownOperationException",
          "The X-Amz-Target header names no operation of Kinesis: " + target);
    }
    if (WireFormat.ofContentType(request.contentType()).isEmpty()) {
      throw ServiceException.of(
          "UnknownOperationException",
          "Content-Type %s is not served; %s and %s are."
              .formatted(
                  request.contentType(),
                  WireFormat.JSON.contentType(),
                  WireFormat.CBOR.contentType()));
    }
    return target.substring(TARGET_PREFIX.length());
  }

  private Outcome answer(Call call, String operation, Fields fields) {
    String shardId = service.shardOf(operation, fields).orElse("");
    Call faulted = call;
    Fault decisive = null;
    for (Fault fault : faults.on(operation, shardId)) {
      if (fault instanceof Fault.Latency latency) {
        faulted = faulted.delayed(latency.by());
      } else if (decisive == null) {
        decisive = fault;
      }
    }
    try {
      return decisive == null
          ? healthy(faulted, operation, fields)
          : answerWith(decisive, faulted, operation, fields);
    } catch (ServiceException e) {
      return faulted.reply(e.status(), Answer.of(e));
    }
  }

  private Outcome healthy(Call call, String operation, Fields fields) {
    return operation.equals(KinesisService.SUBSCRIBE)
        ? subscribed(call, fields, Optional.empty())
        : call.reply(OK, service.answer(operation, fields));
  }

  private Outcome subscribed(Call call, Fields fields, Optional<Duration> life) {
    SubscriptionFeed.Greeting greeting =
        call.delivery() == Delivery.CUT
            ? SubscriptionFeed.Greeting.CUT
            : SubscriptionFeed.Greeting.WHOLE;
    Subscription subscription = service.subscribe(fields, life);
    EventSource source = new SubscriptionFeed(subscription, call.format(), faults, greeting);
    return new EventReply(EventMessage.CONTENT_TYPE, call.requestId(), source, call.delay());
  }

  private Outcome answerWith(Fault fault, Call call, String operation, Fields fields) {
    if (fault instanceof Fault.DroppedConnection) {
      return call.delivered(Delivery.NONE).reply(OK, Answer.EMPTY);
    }
    if (fault instanceof Fault.CutAnswer) {
      return healthy(call.delivered(Delivery.CUT), operation, fields);
    }
    if (fault instanceof Fault.ShortSubscription shortened) {
      return subscribed(call, fields, Optional.of(shortened.life()));
    }
    if (fault instanceof Fault.Throttle) {
      return call.reply(OK, service.throttled(operation, fields));
    }
    if (fault instanceof Fault.EmptyAnswer) {
      return call.reply(OK, service.noRecords(fields));
    }
    throw error(fault, operation);
  }

  private static ServiceException error(Fault fault, String operation) {
    if (fault instanceof Fault.ServerError error) {
      return error.status() == 500
          ? ServiceException.server(500, "InternalFailure", "A fault of the emulator.")
          : ServiceException.server(503, "ServiceUnavailable", "A fault of the emulator.");
    }
    if (fault instanceof Fault.Refusal refusal) {
      return ServiceException.of(refusal.code(), "A fault of the emulator.");
    }
    if (fault instanceof Fault.ExpiredIterator) {
      return ServiceException.of(
          "ExpiredIteratorException", "Iterator expired: a fault of the emulator.");
    }
    if (fault instanceof Fault.AccessDenied) {
      return ServiceException.of(
          "AccessDeniedException",
          "User is not authorized to perform: kinesis:%s because no identity-based policy allows the kinesis:%s action"
              .formatted(operation, operation));
    }
    if (fault instanceof Fault.ExpiredCredentials) {
      return ServiceException.of(
          "ExpiredTokenException", "The security token included in the request is expired");
    }
    throw new IllegalStateException("Not an error: " + fault);
  }
}
