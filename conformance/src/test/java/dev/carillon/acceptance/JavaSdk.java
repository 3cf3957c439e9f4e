package dev.carillon.acceptance;

import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectionTokenEvent;
import io.github.centrifugal.centrifuge.ConnectionTokenGetter;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.DuplicateSubscriptionException;
import io.github.centrifugal.centrifuge.EventListener;
import io.github.centrifugal.centrifuge.JoinEvent;
import io.github.centrifugal.centrifuge.LeaveEvent;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.PublicationEvent;
import io.github.centrifugal.centrifuge.ResultCallback;
import io.github.centrifugal.centrifuge.ServerPublicationEvent;
import io.github.centrifugal.centrifuge.ServerSubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribedEvent;
import io.github.centrifugal.centrifuge.Subscription;
import io.github.centrifugal.centrifuge.SubscriptionErrorEvent;
import io.github.centrifugal.centrifuge.SubscriptionEventListener;
import io.github.centrifugal.centrifuge.SubscriptionOptions;
import io.github.centrifugal.centrifuge.SubscriptionTokenEvent;
import io.github.centrifugal.centrifuge.SubscriptionTokenGetter;
import io.github.centrifugal.centrifuge.TokenCallback;
import io.github.centrifugal.centrifuge.UnsubscribedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client of the published Java SDK, which speaks Protobuf; it writes down what it hears. */
final class JavaSdk implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What happened, one line each, for example {@code publication chat:a {"n":1}}. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  private final Client client;

  JavaSdk(NodeProcess node, String token) {
    this(node, options -> options.setToken(token));
  }

  /** Asks for the next of these tokens whenever it needs one. */
  JavaSdk(NodeProcess node, Queue<String> tokens) {
    this(node, options -> options.setTokenGetter(new ConnectionTokens(tokens)));
  }

  private JavaSdk(NodeProcess node, Consumer<Options> choice) {
    var options = new Options();
    choice.accept(options);
    options.setName("java");
    options.setMinReconnectDelay(10);
    options.setMaxReconnectDelay(100);
    client = new Client(node.webSocketUrl() + "?format=protobuf", options, new Events());
  }

  /** Connects, and waits until it is. */
  JavaSdk connect() {
    client.connect();
    await("connected");
    return this;
  }

  Client client() {
    return client;
  }

  /** Subscribes with these options; what happens is heard. */
  Subscription subscribe(String channel, Consumer<SubscriptionOptions> choice) {
    var options = new SubscriptionOptions();
    options.setMinResubscribeDelay(10);
    options.setMaxResubscribeDelay(100);
    choice.accept(options);
    try {
      Subscription subscription = client.newSubscription(channel, options, new Channel());
      subscription.subscribe();
      return subscription;
    } catch (DuplicateSubscriptionException twice) {
      throw new AssertionError(twice);
    }
  }

  /** Waits for a line that begins so. */
  String await(String begin) {
    Eventually.await(begin + " in " + heard, PATIENCE, () -> find(begin) != null);
    return String.valueOf(find(begin));
  }

  /** Waits until so many lines begin so. */
  void await(String begin, int count) {
    Eventually.await(
        count + " times " + begin + " in " + heard,
        PATIENCE,
        () -> heard.stream().filter(line -> line.startsWith(begin)).count() >= count);
  }

  private @Nullable String find(String begin) {
    return heard.stream().filter(line -> line.startsWith(begin)).findFirst().orElse(null);
  }

  /** The result of a call, or what it failed with. */
  static <T> T result(Consumer<ResultCallback<T>> call) throws Throwable {
    var done = new CompletableFuture<Object>();
    call.accept((failure, value) -> done.complete(failure == null ? value : failure));
    Object outcome = done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (outcome instanceof Throwable failure) {
      throw failure;
    }
    @SuppressWarnings("unchecked")
    T value = (T) outcome;
    return value;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    client.close(PATIENCE.toMillis());
  }

  private static final class ConnectionTokens extends ConnectionTokenGetter {
    private final Queue<String> tokens;

    ConnectionTokens(Queue<String> tokens) {
      this.tokens = tokens;
    }

    @Override
    public void getConnectionToken(ConnectionTokenEvent event, TokenCallback callback) {
      callback.Done(null, tokens.poll());
    }
  }

  /** Gives the next of these tokens whenever a subscription needs one. */
  static final class SubscriptionTokens extends SubscriptionTokenGetter {
    private final Queue<String> tokens;

    SubscriptionTokens(Queue<String> tokens) {
      this.tokens = tokens;
    }

    @Override
    public void getSubscriptionToken(SubscriptionTokenEvent event, TokenCallback callback) {
      callback.Done(null, tokens.poll());
    }
  }

  private final class Events extends EventListener {
    @Override
    public void onConnected(Client client, ConnectedEvent event) {
      heard.add("connected");
    }

    @Override
    public void onDisconnected(Client client, DisconnectedEvent event) {
      heard.add("disconnected " + event.getCode());
    }

    @Override
    public void onSubscribed(Client client, ServerSubscribedEvent event) {
      heard.add("server subscribed " + event.getChannel() + " recovered " + event.getRecovered());
    }

    @Override
    public void onPublication(Client client, ServerPublicationEvent event) {
      heard.add("server publication " + event.getChannel() + " " + text(event.getData()));
    }
  }

  private final class Channel extends SubscriptionEventListener {
    @Override
    public void onSubscribed(Subscription subscription, SubscribedEvent event) {
      heard.add("subscribed " + subscription.getChannel() + " recovered " + event.getRecovered());
    }

    @Override
    public void onUnsubscribed(Subscription subscription, UnsubscribedEvent event) {
      heard.add("unsubscribed " + subscription.getChannel() + " " + event.getCode());
    }

    @Override
    public void onPublication(Subscription subscription, PublicationEvent event) {
      heard.add("publication " + subscription.getChannel() + " " + text(event.getData()));
    }

    @Override
    public void onJoin(Subscription subscription, JoinEvent event) {
      heard.add("join " + event.getInfo().getUser());
    }

    @Override
    public void onLeave(Subscription subscription, LeaveEvent event) {
      heard.add("leave " + event.getInfo().getUser());
    }

    @Override
    public void onError(Subscription subscription, SubscriptionErrorEvent event) {
      heard.add("error " + subscription.getChannel() + " " + event.getError());
    }
  }
}
