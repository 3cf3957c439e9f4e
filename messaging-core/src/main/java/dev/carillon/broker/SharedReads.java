package dev.carillon.broker;

import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads of history, of which the same one is under way only once: when thousands of clients recover
 * the same channel, its owner is asked a few times.
 *
 * <p>Who comes while a read is under way gets its answer if that holds everything that was
 * delivered on this node before: what is published later, the client gets live. Otherwise the
 * answer could be older than the subscription, and those who wait share the next read. Owned by the
 * event loop of its FeedLoop.
 */
final class SharedReads {

  /** A read of a stream. */
  @FunctionalInterface
  interface Source {
    Future<History> read(String channel, HistoryQuery query, StreamOptions options);
  }

  private record Question(String channel, HistoryQuery query, StreamOptions options) {}

  /**
   * One who waits.
   *
   * @param delivered what this node had delivered of the channel when the question came; null when
   *     it does not follow the channel
   */
  private record Waiting(@Nullable StreamPosition delivered, Promise<History> answer) {

    boolean isAnsweredBy(History history) {
      return delivered != null
          && delivered.sameEpoch(history.top())
          && delivered.offset() <= history.top().offset();
    }
  }

  private final Source source;

  /** Who came after the read began that is under way. */
  private final Map<Question, List<Waiting>> underWay = new HashMap<>();

  SharedReads(Source source) {
    this.source = source;
  }

  Future<History> read(
      String channel,
      HistoryQuery query,
      StreamOptions options,
      @Nullable StreamPosition delivered) {
    Question question = new Question(channel, query, options);
    List<Waiting> waiting = underWay.get(question);
    if (waiting == null) {
      return begin(question);
    }
    // A Promise, because it may be that read or the next one.
    Promise<History> answer = Promise.promise();
    waiting.add(new Waiting(delivered, answer));
    return answer.future();
  }

  private Future<History> begin(Question question) {
    underWay.put(question, new ArrayList<>());
    return Future.succeededFuture()
        .compose(go -> source.read(question.channel(), question.query(), question.options()))
        .onComplete(history -> answered(question, history), failure -> failed(question, failure));
  }

  private void answered(Question question, History history) {
    List<Waiting> later = new ArrayList<>();
    for (Waiting each : ended(question)) {
      if (each.isAnsweredBy(history)) {
        each.answer().complete(history);
      } else {
        later.add(each);
      }
    }
    if (!later.isEmpty()) {
      Future<History> next = begin(question);
      later.forEach(each -> next.onComplete(each.answer()));
    }
  }

  private void failed(Question question, Throwable failure) {
    ended(question).forEach(each -> each.answer().fail(failure));
  }

  private List<Waiting> ended(Question question) {
    List<Waiting> waiting = underWay.remove(question);
    return waiting == null ? List.of() : waiting;
  }
}
