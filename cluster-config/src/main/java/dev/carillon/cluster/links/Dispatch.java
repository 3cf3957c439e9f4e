package dev.carillon.cluster.links;

import dev.carillon.port.NodeLinks.MessageHandler;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireCodecs;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who handles messages and questions, by type. Registered from any thread, so the maps are. */
final class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Set<Class<?>> known =
      WireCodecs.all().stream().map(WireCodec::type).collect(Collectors.toUnmodifiableSet());
  private final Map<Class<?>, MessageHandler<Object>> handlers = new ConcurrentHashMap<>();
  private final Map<Class<?>, Function<Object, Future<?>>> answerers = new ConcurrentHashMap<>();

  @SuppressWarnings("unchecked")
  <T> void onMessage(Class<T> type, MessageHandler<T> handler) {
    requireKnown(type);
    if (handlers.putIfAbsent(type, (MessageHandler<Object>) handler) != null) {
      throw new IllegalStateException("a second handler of " + type + " (expected: one)");
    }
  }

  @SuppressWarnings("unchecked")
  <Q, R> void onQuery(Class<Q> type, Function<Q, Future<R>> answerer) {
    requireKnown(type);
    if (answerers.putIfAbsent(type, question -> answerer.apply((Q) question)) != null) {
      throw new IllegalStateException("a second answerer of " + type + " (expected: one)");
    }
  }

  void requireKnown(Class<?> type) {
    if (!known.contains(type)) {
      throw new IllegalArgumentException(type + " (expected: a type of WireCodecs)");
    }
  }

  /** A message that nobody handles belongs to a verticle that does not run here. */
  void message(Incarnation from, Object message) {
    MessageHandler<Object> handler = handlers.get(message.getClass());
    if (handler == null) {
      return;
    }
    try {
      handler.handle(from, message);
    } catch (RuntimeException broken) {
      LOG.error(
          "{} from node {} was not handled", message.getClass().getSimpleName(), from, broken);
    }
  }

  Future<?> answer(Object question) {
    Function<Object, Future<?>> answerer = answerers.get(question.getClass());
    if (answerer == null) {
      String type = question.getClass().getSimpleName();
      return Future.failedFuture(new IllegalStateException("nobody here answers a " + type));
    }
    return Future.succeededFuture().compose(go -> answerer.apply(question));
  }
}
