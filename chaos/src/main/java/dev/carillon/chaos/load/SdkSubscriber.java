package dev.carillon.chaos.load;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.DuplicateSubscriptionException;
import io.github.centrifugal.centrifuge.EventListener;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.PublicationEvent;
import io.github.centrifugal.centrifuge.SubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribingEvent;
import io.github.centrifugal.centrifuge.Subscription;
import io.github.centrifugal.centrifuge.SubscriptionEventListener;
import io.github.centrifugal.centrifuge.SubscriptionOptions;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A subscriber that is the published Java SDK, in Protobuf: what it tells its program is what a
 * real program sees. It belongs to one node and waits for it when it is away. The SDK calls all
 * listeners of a client on one thread.
 */
final class SdkSubscriber implements AutoCloseable {
  private static final long CLOSE_MILLIS = 5_000;

  private final String name;
  private final String node;
  private final History history;
  private final Client client;
  private boolean connected;

  SdkSubscriber(String name, Target target, String token, History history) {
    this.name = name;
    this.node = target.name();
    this.history = history;
    var options = new Options();
    options.setToken(token);
    options.setMaxReconnectDelay(2_000);
    var url = "ws://" + target.host() + ":" + target.port() + "/connection/websocket";
    this.client = new Client(url + "?format=protobuf", options, new Connection());
  }

  /** Subscribes to all channels and stays so. */
  void start(List<String> channels) {
    for (var channel : channels) {
      var options = new SubscriptionOptions();
      options.setMaxResubscribeDelay(2_000);
      try {
        client.newSubscription(channel, options, new Channel(channel)).subscribe();
      } catch (DuplicateSubscriptionException twice) {
        throw new IllegalStateException(channel + " (expected: once)", twice);
      }
    }
    client.connect();
  }

  @Override
  public void close() {
    try {
      client.close(CLOSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Operation op(Op op) {
    return Operation.of(name, op).on(node);
  }

  private void ended(int code) {
    if (connected) {
      connected = false;
      history.add(op(Op.DISCONNECT).code(code));
    }
  }

  private final class Connection extends EventListener {
    @Override
    public void onConnected(Client client, ConnectedEvent event) {
      connected = true;
      history.add(op(Op.CONNECT).with(event.getClient()));
    }

    @Override
    public void onConnecting(Client client, ConnectingEvent event) {
      ended(event.getCode());
    }

    @Override
    public void onDisconnected(Client client, DisconnectedEvent event) {
      ended(event.getCode());
    }
  }

  private final class Channel extends SubscriptionEventListener {
    private final String channel;
    private String epoch = "";

    Channel(String channel) {
      this.channel = channel;
    }

    @Override
    public void onSubscribed(Subscription subscription, SubscribedEvent event) {
      var position = SdkPosition.of(event);
      epoch = position.epoch();
      var kind = event.wasRecovering() ? Op.RECOVER : Op.SUBSCRIBE;
      history.add(
          op(kind).in(channel).position(epoch, position.offset()).recovered(event.getRecovered()));
    }

    @Override
    public void onSubscribing(Subscription subscription, SubscribingEvent event) {
      if (connected) {
        history.add(op(Op.UNSUBSCRIBE).in(channel).code(event.getCode()));
      }
    }

    @Override
    public void onPublication(Subscription subscription, PublicationEvent event) {
      var id = Buffer.buffer(event.getData()).toJsonObject().getString("id", "");
      history.add(op(Op.DELIVER).in(channel).with(id).position(epoch, event.getOffset()));
    }
  }
}
