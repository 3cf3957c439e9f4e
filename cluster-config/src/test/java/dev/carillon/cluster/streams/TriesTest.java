package dev.carillon.cluster.streams;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.carillon.config.OptionReader;
import dev.carillon.port.SteadyTime;
import dev.carillon.port.StreamsUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TriesTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Tries tries(Map<String, String> options) {
    return new Tries(vertx, OptionReader.read(StreamsOptions.class, options), SteadyTime::millis);
  }

  private CompletionStage<String> failFirst(int times, Throwable failure) {
    return calls.incrementAndGet() > times
        ? CompletableFuture.completedFuture("done")
        : CompletableFuture.failedFuture(failure);
  }

  @Test
  void whatIsUncertainIsTriedAgain() {
    Tries tries = tries(Map.of("store_retry_delay", "1ms"));
    List<Throwable> uncertain =
        List.of(
            new IndeterminateOperationStateException("a backup did not answer"),
            new MemberLeftException("the owner died"),
            new HazelcastInstanceNotActiveException("the owner has stopped"),
            new OperationTimeoutException("late"),
            new CompletionException(new MemberLeftException("wrapped")));
    for (Throwable failure : uncertain) {
      calls.set(0);
      assertEquals("done", tries.run("x", () -> failFirst(3, failure)).await());
      assertEquals(4, calls.get());
    }
  }

  @Test
  void whatIsCertainIsNot() {
    Tries tries = tries(Map.of());
    Throwable refused = new SplitBrainProtectionException("too few");
    Future<String> run = tries.run("append", () -> failFirst(9, refused));
    StreamsUnavailable failure = assertThrows(StreamsUnavailable.class, run::await);
    assertInstanceOf(SplitBrainProtectionException.class, failure.getCause());
    assertEquals(1, calls.get());
  }

  @Test
  void anOperationThatThrowsFailsInsteadOfThrowing() {
    Future<String> run =
        tries(Map.of())
            .run(
                "append",
                () -> {
                  throw new HazelcastInstanceNotActiveException();
                });
    assertThrows(StreamsUnavailable.class, run::await);
  }

  @Test
  void whatCouldNotBeSentIsTriedAgain() {
    Future<String> run =
        tries(Map.of("store_retry_delay", "1ms"))
            .run(
                "append",
                again -> {
                  if (calls.incrementAndGet() == 1) {
                    throw new RuntimeException("no connection");
                  }
                  return CompletableFuture.completedFuture("done");
                });
    assertEquals("done", run.await());
  }

  @Test
  void whatStaysUncertainIsTriedUntilTimeIsUp() {
    var options = Map.of("store_retry_delay", "1ms", "store_timeout", "200ms");
    AtomicLong now = new AtomicLong();
    Tries tries =
        new Tries(vertx, OptionReader.read(StreamsOptions.class, options), () -> now.addAndGet(10));
    Throwable uncertain = new IndeterminateOperationStateException("again");
    Future<String> run = tries.run("append", () -> failFirst(Integer.MAX_VALUE, uncertain));
    assertThrows(StreamsUnavailable.class, run::await);
    assertTrue(calls.get() > 1);
  }

  @Test
  void aTryThatTakesTooLongIsRepeated() {
    Tries tries = tries(Map.of("store_try_timeout", "100ms", "store_retry_delay", "1ms"));
    Future<String> run =
        tries.run(
            "append",
            () ->
                calls.incrementAndGet() == 1
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture("done"));
    assertEquals("done", run.await());
  }

  @Test
  void theWholeIsBoundedInTime() {
    Tries tries = tries(Map.of("store_try_timeout", "100ms", "store_timeout", "300ms"));
    Future<String> run = tries.run("append", CompletableFuture::new);
    assertThrows(StreamsUnavailable.class, run::await);
  }

  @Test
  void theLossOfAMemberRepeatsWhatWaits() {
    Tries tries = tries(Map.of("store_try_timeout", "1m", "store_timeout", "10m"));
    Future<String> run =
        tries.run(
            "append",
            () ->
                calls.incrementAndGet() == 1
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture("done"));
    eventually(() -> "never called", () -> calls.get() == 1);
    tries.retryPending();
    assertEquals("done", run.await());
  }
}
