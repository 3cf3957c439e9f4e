package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.carillon.broker.Eventually;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a node knows that all copies were made; the test answers each look. */
class CopyWatchTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<CompletableFuture<Boolean>> looks = new CopyOnWriteArrayList<>();
  private final CopyWatch copies = new CopyWatch(vertx, this::look);

  @AfterEach
  void stop() {
    copies.stop();
    looks.forEach(look -> look.complete(false));
    vertx.close().await();
  }

  private boolean look() {
    var look = new CompletableFuture<Boolean>();
    looks.add(look);
    return look.join();
  }

  private void await(int begun) {
    Eventually.eventually(() -> looks.size() + " looks", () -> looks.size() >= begun);
  }

  private void onlyTheThirdLookSaysSo() {
    await(3);
    assertFalse(copies.wereMade());

    looks.get(2).complete(true);

    Eventually.eventually(() -> "not yet", copies::wereMade);
    assertEquals(3, looks.size());
  }

  @Test
  void itLooksAgainUntilAllCopiesWereMade() {
    copies.begin();
    await(1);
    looks.get(0).complete(false);
    await(2);
    looks.get(1).completeExceptionally(new IllegalStateException("the data grid is not there"));
    onlyTheThirdLookSaysSo();
  }

  @Test
  void whatWasAskedBeforeItBeganAnewIsNoAnswer() {
    copies.begin();
    await(1);
    copies.begin();
    await(2);

    looks.get(0).complete(true);
    looks.get(1).complete(false);
    onlyTheThirdLookSaysSo();
  }

  @Test
  void itForgetsWhatItKnewWhenItBeginsAnew() {
    copies.begin();
    await(1);
    looks.get(0).complete(true);
    Eventually.eventually(() -> "not yet", copies::wereMade);

    copies.begin();

    assertFalse(copies.wereMade());
  }
}
