package dev.carillon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void aBurstIsAllowedAndThenTheRate() {
    var buckets = new TokenBuckets<String>(2, 3, 10);
    assertTrue(buckets.take("a", 3, 0));
    assertFalse(buckets.take("a", 1, 0));
    assertFalse(buckets.take("a", 1, SECOND / 2 - 1));
    assertTrue(buckets.take("a", 1, SECOND / 2));
    assertFalse(buckets.take("a", 1, SECOND / 2));
  }

  @Test
  void keysDoNotShareTokens() {
    var buckets = new TokenBuckets<String>(1, 1, 10);
    assertTrue(buckets.take("a", 1, 0));
    assertTrue(buckets.take("b", 1, 0));
    assertFalse(buckets.take("a", 1, 0));
  }

  @Test
  void theWaitIsExactlyAsLongAsNeeded() {
    var buckets = new TokenBuckets<String>(1, 1, 10);
    assertEquals(Duration.ZERO, buckets.until("a", 1, 0));
    assertTrue(buckets.take("a", 1, 0));
    Duration wait = buckets.until("a", 1, 0);
    assertEquals(Duration.ofSeconds(1), wait);
    assertTrue(buckets.take("a", 1, wait.toNanos()));
  }

  @Test
  void aFullTableRefusesNewKeysWhileAllOfItsBucketsAreInDebt() {
    var buckets = new TokenBuckets<String>(1, 1, 2);
    assertTrue(buckets.take("a", 1, 0));
    assertTrue(buckets.take("b", 1, 0));
    assertFalse(buckets.take("c", 1, 0));
    assertEquals(Duration.ofSeconds(1), buckets.until("c", 1, 0));
    assertFalse(buckets.take("a", 1, 0), "a flood of other keys must not refill it");
    assertTrue(buckets.take("c", 1, SECOND));
    assertEquals(2, buckets.size());
  }

  @Test
  void timeThatRunsBackwardsGivesNothing() {
    var buckets = new TokenBuckets<String>(1, 1, 2);
    assertTrue(buckets.take("a", 1, 5 * SECOND));
    assertFalse(buckets.take("a", 1, 0));
  }

  @Test
  void noKeyEverGetsMoreThanBurstAndRateAndTheTableStaysBounded() {
    var random = new Random(11);
    var buckets = new TokenBuckets<Integer>(10, 5, 50);
    Map<Integer, Integer> taken = new HashMap<>();
    long now = 0;
    for (int i = 0; i < 100_000; i++) {
      now += random.nextInt(1_000_000);
      int key = random.nextInt(200);
      if (buckets.take(key, 1, now)) {
        taken.merge(key, 1, Integer::sum);
      }
      assertTrue(buckets.size() <= 50);
    }
    double most = 5 + 10.0 * now / SECOND;
    taken.forEach((key, count) -> assertTrue(count <= most, key + " took " + count));
  }

  @Test
  void senselessLimitsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TokenBuckets<String>(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new TokenBuckets<String>(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new TokenBuckets<String>(1, 1, 0));
  }
}
