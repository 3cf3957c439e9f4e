package dev.carillon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.limit.ConnectionGate.Answer;
import dev.carillon.limit.ConnectionGate.Limits;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionGateTest {

  private static final long SECOND = 1_000_000_000;
  private static final Limits ANY = new Limits(0, 0);
  private static final Source HOME = Source.of("192.0.2.1");
  private static final Source WORK = Source.of("2001:db8::1");

  /** Clocks of this kind may be anywhere, also just before they begin again. */
  private static final long START = Math.subtractExact(Long.MAX_VALUE, SECOND / 2);

  @Test
  void withoutLimitsEverybodyGetsIn() {
    var gate = new ConnectionGate(ANY, ANY, START);
    assertEquals(10_000, admitted(gate, HOME, 10_000, START));
    assertEquals(0, new ConnectionGate(ANY, ANY, START).addresses());
  }

  @Test
  void connectionsOfTheNodeAreLimitedUntilOneLeaves() {
    var gate = new ConnectionGate(new Limits(2, 0), ANY, START);
    gate.opened(null, START);
    assertEquals(Answer.OPEN, gate.ask(null, START));
    gate.opened(null, START);
    assertEquals(Answer.CONNECTION_LIMIT, gate.ask(null, START));
    gate.closed(null, START);
    assertEquals(Answer.OPEN, gate.ask(null, START));
    assertEquals(1, gate.connections());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 50, 333})
  void soManyOfTheNodeComeInASecondHoweverManyAsk(int perSecond) {
    var gate = new ConnectionGate(new Limits(0, perSecond), ANY, START);
    assertEquals(perSecond, admitted(gate, null, 2 * perSecond, START));
    assertEquals(Answer.CONNECTION_RATE_LIMIT, gate.ask(null, START));
    int later = 0;
    for (int tenth = 1; tenth <= 100; tenth++) {
      later += admitted(gate, null, perSecond, START + tenth * SECOND / 10);
    }
    assertTrue(Math.abs(later - 10 * perSecond) <= 1, later + " in ten seconds");
  }

  @Test
  void whoWaitsLongGetsNoMoreThanASecondsWorth() {
    var gate = new ConnectionGate(new Limits(0, 5), ANY, START);
    assertEquals(5, admitted(gate, null, 10, START + 100 * SECOND));
  }

  @Test
  void oneAddressIsLimitedAndOthersGoOn() {
    var gate = new ConnectionGate(ANY, new Limits(1, 3), START);
    gate.opened(HOME, START);
    assertEquals(Answer.ADDRESS_CONNECTION_LIMIT, gate.ask(HOME, START));
    assertEquals(3, admitted(gate, WORK, 10, START));
    assertEquals(Answer.ADDRESS_CONNECTION_RATE_LIMIT, gate.ask(WORK, START));
    gate.closed(HOME, START);
    assertEquals(Answer.OPEN, gate.ask(HOME, START));
    assertEquals(Answer.OPEN, gate.ask(WORK, START + SECOND));
  }

  @Test
  void anAddressThatIsRefusedUsesUpNothingOfTheNode() {
    var gate = new ConnectionGate(new Limits(0, 2), new Limits(0, 1), START);
    assertEquals(1, admitted(gate, HOME, 100, START));
    assertEquals(Answer.OPEN, gate.ask(WORK, START));
  }

  @Test
  void addressesThatAreGoneAreForgotten() {
    var gate = new ConnectionGate(ANY, new Limits(10, 10), START);
    gate.opened(HOME, START);
    for (int i = 0; i < 100_000; i++) {
      long now = START + i * SECOND / 1_000;
      Source source = new Source(i, true);
      assertEquals(Answer.OPEN, gate.ask(source, now));
      gate.opened(source, now);
      gate.closed(source, now);
    }
    assertTrue(gate.addresses() <= 1_025, gate.addresses() + " addresses");
    assertEquals(1, gate.connections());
    for (int i = 0; i < 9; i++) {
      gate.opened(HOME, START);
    }
    assertEquals(Answer.ADDRESS_CONNECTION_LIMIT, gate.ask(HOME, START + 100 * SECOND));
  }

  @Test
  void ratesHoldForAllThreadsTogether() {
    var gate = new ConnectionGate(new Limits(0, 1_000), new Limits(0, 600), START);
    var admitted = new AtomicInteger();
    IntStream.range(0, 8)
        .parallel()
        .forEach(i -> admitted.addAndGet(admitted(gate, i % 2 == 0 ? HOME : WORK, 500, START)));
    assertEquals(1_000, admitted.get());
  }

  private static int admitted(ConnectionGate gate, @Nullable Source source, int asking, long now) {
    int admitted = 0;
    for (int i = 0; i < asking; i++) {
      admitted += gate.ask(source, now) == Answer.OPEN ? 1 : 0;
    }
    return admitted;
  }
}
