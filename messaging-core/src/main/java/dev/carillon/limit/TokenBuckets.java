package dev.carillon.limit;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One token bucket for each key, in a table of bounded size. Confined to one thread; time is an
 * argument, in nanoseconds of any monotonic clock.
 *
 * <p>A bucket that has filled up again says nothing and may be forgotten. One that has not is never
 * forgotten, or a flood of invented keys would give a limited key its tokens back; so when the
 * table is full of such buckets, new keys get nothing.
 *
 * @param <K> who is limited, for example a remote address
 */
public final class TokenBuckets<K> {

  private final double perNano;
  private final double burst;
  private final int maxKeys;

  /** Least recently used first. */
  private final LinkedHashMap<K, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Bucket {
    double tokens;
    long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }

  /**
   * @param perSecond tokens that every key gets in a second
   * @param burst tokens that a bucket holds at most, and at first
   * @param maxKeys buckets in the table at most
   */
  public TokenBuckets(double perSecond, double burst, int maxKeys) {
    if (perSecond <= 0 || burst <= 0 || maxKeys < 1) {
      throw new IllegalArgumentException(
          perSecond + "/s, burst " + burst + ", keys " + maxKeys + " (expected: all above 0)");
    }
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.maxKeys = maxKeys;
  }

  /** Takes this many tokens from the bucket of the key if it has them, and says whether. */
  public boolean take(K key, double tokens, long now) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      if (tokens > burst || !makeRoom(now)) {
        return false;
      }
      buckets.put(key, new Bucket(burst - tokens, now));
      return true;
    }
    refill(bucket, now);
    if (bucket.tokens < tokens) {
      return false;
    }
    bucket.tokens -= tokens;
    return true;
  }

  /** How long until {@link #take} of this many tokens can succeed; zero when it can now. */
  public Duration until(K key, double tokens, long now) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      return makeRoom(now) ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(burst / perNano));
    }
    refill(bucket, now);
    double missing = Math.max(0, tokens - bucket.tokens);
    return Duration.ofNanos((long) Math.ceil(missing / perNano));
  }

  /** Buckets in the table. */
  public int size() {
    return buckets.size();
  }

  private void refill(Bucket bucket, long now) {
    long passed = Math.max(0, now - bucket.at);
    bucket.tokens = Math.min(burst, bucket.tokens + passed * perNano);
    bucket.at = now;
  }

  /** Looks at the least recently used bucket only: it has had the longest time to fill up. */
  private boolean makeRoom(long now) {
    if (buckets.size() < maxKeys) {
      return true;
    }
    Iterator<Map.Entry<K, Bucket>> oldest = buckets.entrySet().iterator();
    Bucket bucket = oldest.next().getValue();
    refill(bucket, now);
    if (bucket.tokens < burst) {
      return false;
    }
    oldest.remove();
    return true;
  }
}
