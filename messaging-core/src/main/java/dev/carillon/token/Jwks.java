package dev.carillon.token;

import com.nimbusds.jose.JWSAlgorithm;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public keys that others publish as JWK sets (RFC 7517), kept for a while. A set is read again
 * when it is old, and when a token names a key that it does not have, but not more often than
 * {@code jwks_min_refresh}; tokens that need it meanwhile wait for the same read. When a read fails
 * the known keys stay. Keys of one URL are never used for another.
 *
 * <p>May be used from any thread: known keys are looked up at once; reads belong to one event loop.
 */
final class Jwks {

  private static final Logger LOG = LoggerFactory.getLogger(Jwks.class);

  /** Sets that are kept, because with a template their number is up to who writes tokens. */
  private static final int MAX_SETS = 100;

  /** How old keys may get, and how often they are looked for. */
  record Timers(Duration ttl, Duration minRefresh) {}

  private record Read(KeySet keys, long at) {}

  private static final class Source {
    long next = Long.MIN_VALUE;
    @Nullable Future<Void> underWay;
  }

  private final Context context;
  private final Function<String, Future<String>> documents;
  private final Timers timers;
  private final LongSupplier clock;

  // Replaced by the event loop of the context, read by any thread.
  private volatile Map<String, Read> read = Map.of();

  // Owned by the event loop of the context.
  private final Map<String, Source> sources = new HashMap<>();

  /**
   * @param documents reads the text at a URL
   * @param clock milliseconds that never go backward
   */
  Jwks(Vertx vertx, Function<String, Future<String>> documents, Timers timers, LongSupplier clock) {
    this.context = vertx.getOrCreateContext();
    this.documents = documents;
    this.timers = timers;
    this.clock = clock;
  }

  /**
   * Finds a key.
   *
   * @return null when the set does not have it; fails when the set was never read
   */
  Future<@Nullable TokenKey> key(String url, String kid, JWSAlgorithm algorithm) {
    Read known = read.get(url);
    TokenKey key = known == null ? null : known.keys().key(kid, algorithm);
    if (known != null && key != null && !isOld(known)) {
      return Future.succeededFuture(key);
    }
    Promise<@Nullable TokenKey> answer = Promise.promise();
    context.runOnContext(go -> refresh(url).onComplete(over -> look(url, kid, algorithm, answer)));
    return answer.future();
  }

  private boolean isOld(Read known) {
    return clock.getAsLong() - known.at() >= timers.ttl().toMillis();
  }

  private void look(
      String url, String kid, JWSAlgorithm algorithm, Promise<@Nullable TokenKey> answer) {
    Read known = read.get(url);
    if (known == null) {
      answer.fail("the JWK set was never read");
    } else {
      answer.complete(known.keys().key(kid, algorithm));
    }
  }

  /** Ends when the set was read, could not be read, or was read a moment ago. */
  private Future<Void> refresh(String url) {
    Source source = sources.get(url);
    if (source == null) {
      if (sources.size() >= MAX_SETS) {
        return Future.failedFuture("more than " + MAX_SETS + " JWK sets");
      }
      source = new Source();
      sources.put(url, source);
    }
    if (source.underWay != null) {
      return source.underWay;
    }
    long now = clock.getAsLong();
    if (now < source.next) {
      return Future.succeededFuture();
    }
    source.next = now + timers.minRefresh().toMillis();
    Promise<Void> over = Promise.promise();
    source.underWay = over.future();
    documents
        .apply(url)
        .map(KeySet::parse)
        .onComplete(keys -> store(url, keys, over), failed -> keep(url, failed, over));
    return over.future();
  }

  private void store(String url, KeySet keys, Promise<Void> over) {
    context.runOnContext(
        go -> {
          var all = new HashMap<>(read);
          all.put(url, new Read(keys, clock.getAsLong()));
          read = Map.copyOf(all);
          end(url, over);
        });
  }

  private void keep(String url, Throwable failed, Promise<Void> over) {
    context.runOnContext(
        go -> {
          LOG.warn("JWK set {} was not read, known keys stay: {}", url, failed.getMessage());
          end(url, over);
        });
  }

  private void end(String url, Promise<Void> over) {
    Source source = sources.get(url);
    if (source != null) {
      source.underWay = null;
    }
    over.complete();
  }
}
