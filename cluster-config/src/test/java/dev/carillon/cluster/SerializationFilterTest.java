package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Java serialisation is off, but for the exceptions that Hazelcast sends. */
class SerializationFilterTest {

  private static final TestNodes NODES = new TestNodes();
  private static final Node NODE = NODES.first("n1");

  /** Set when somebody made an object of a class that nobody should have loaded. */
  static final AtomicBoolean SPRUNG = new AtomicBoolean();

  /** Does something when it is read, as the links of a gadget chain do. */
  static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      SPRUNG.set(true);
      return this;
    }
  }

  @AfterAll
  static void stop() {
    NODES.close();
  }

  private static <T> T roundTrip(T value) {
    var map = NODE.member().hazelcast().<String, T>getMap("any");
    map.set("key", value);
    return Objects.requireNonNull(map.get("key"));
  }

  @Test
  void aForeignClassIsRefusedAndNeverRun() {
    var refused = assertThrows(HazelcastSerializationException.class, () -> roundTrip(new Trap()));

    assertTrue(String.valueOf(refused.getMessage()).contains("is not allowed"), refused::toString);
    assertFalse(SPRUNG.get());
  }

  @Test
  void classesOfTheLibrariesAreRefusedToo() {
    assertThrows(
        HazelcastSerializationException.class, () -> roundTrip(new VertxException("gadget")));
    assertThrows(HazelcastSerializationException.class, () -> roundTrip(URI.create("http://a/")));
  }

  @Test
  void theFailureOfAnOperationArrives() {
    var failure = new IllegalStateException("because", new IOException("cause"));
    assertEquals("because", roundTrip(failure).getMessage());
    var timeout = new OperationTimeoutException("late");
    assertEquals("late", roundTrip(timeout).getMessage());
  }

  @Test
  void whatVertxKeepsInTheGridArrives() {
    var keys = NODE.member().hazelcast().getMap("__vertx.nodeInfo").keySet();
    assertEquals(Set.of(NODE.member().traits().process().toString()), keys);
    assertTrue(NODE.member().hazelcast().getMultiMap("__vertx.subs").size() > 0);
  }
}
