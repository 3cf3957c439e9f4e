package dev.carillon.chaos.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection that speaks the JSON form of the Centrifuge client protocol (docs/PROTOCOL.md),
 * without any of an SDK's cleverness. Owned by the event loop that opened it.
 */
final class Wire {
  /** Bytes of a frame: a recovery of everything that was missed is one. */
  private static final int LARGEST = 16 << 20;

  private static final long CONNECT_TIMEOUT = 3_000;

  /** More than the lab's ping_interval and pong_timeout together: then the node is gone. */
  private static final long SILENCE = 12_000;

  private final Vertx vertx;
  private final Consumer<JsonObject> pushes;
  private final ObjIntConsumer<Wire> closed;
  private final Map<Integer, Promise<JsonObject>> pending = new HashMap<>();
  private @Nullable WebSocket socket;

  // Kept, because Vert.x closes the connections of a client that nobody refers to any more.
  private @Nullable WebSocketClient client;

  private long silence = -1;
  private int last;
  private boolean over;

  /**
   * A connection to be opened.
   *
   * @param pushes gets each push
   * @param closed is told once, with the close code, when the connection has ended
   */
  Wire(Vertx vertx, Consumer<JsonObject> pushes, ObjIntConsumer<Wire> closed) {
    this.vertx = vertx;
    this.pushes = pushes;
    this.closed = closed;
  }

  /** A client for connections of this kind, on the event loop of the caller. */
  static WebSocketClient client(Vertx vertx) {
    return vertx.createWebSocketClient(
        new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));
  }

  /** Connects and sends the connect command; the reply to it. */
  Future<JsonObject> open(WebSocketClient through, Target target, String token) {
    client = through;
    var options =
        new WebSocketConnectOptions()
            .setHost(target.host())
            .setPort(target.port())
            .setURI("/connection/websocket")
            .setTimeout(CONNECT_TIMEOUT);
    return through
        .connect(options)
        .compose(
            opened -> {
              socket = opened;
              opened.textMessageHandler(this::read);
              opened.closeHandler(end -> end(opened.closeStatusCode()));
              opened.exceptionHandler(broken -> {});
              listen();
              return ask("connect", new JsonObject().put("token", token));
            });
  }

  /** Sends a command; fails with a {@link Refused} for an error, or when the connection ends. */
  Future<JsonObject> ask(String command, JsonObject parameters) {
    var current = socket;
    if (over || current == null) {
      return Future.failedFuture(new Refused(0));
    }
    int id = ++last;
    var promise = Promise.<JsonObject>promise();
    pending.put(id, promise);
    current.writeTextMessage(new JsonObject().put("id", id).put(command, parameters).encode());
    return promise.future().map(reply -> reply.getJsonObject(command, new JsonObject()));
  }

  /** Stops reading, as a client does that is too slow. */
  void freeze() {
    var current = socket;
    if (current != null) {
      current.pause();
      vertx.cancelTimer(silence);
    }
  }

  /** Ends the connection; nothing comes any more. */
  void close() {
    var current = socket;
    end(1000);
    client = null;
    if (current != null) {
      current.close();
    }
  }

  private void read(String frame) {
    if (over) {
      return;
    }
    listen();
    for (var line : frame.split("\n")) {
      if (line.equals("{}")) {
        var current = socket;
        if (current != null) {
          current.writeTextMessage("{}");
        }
      } else if (!line.isEmpty()) {
        message(new JsonObject(line));
      }
    }
  }

  private void message(JsonObject message) {
    var push = message.getJsonObject("push");
    if (push != null) {
      pushes.accept(push);
      return;
    }
    var promise = pending.remove(message.getInteger("id", 0));
    if (promise == null) {
      return;
    }
    var error = message.getJsonObject("error");
    if (error != null) {
      promise.fail(new Refused(error.getInteger("code", 0)));
    } else {
      promise.complete(message);
    }
  }

  private void listen() {
    vertx.cancelTimer(silence);
    silence = vertx.setTimer(SILENCE, silent -> close());
  }

  private void end(@Nullable Short code) {
    end(code == null ? 1006 : (int) code);
  }

  private void end(int code) {
    if (over) {
      return;
    }
    over = true;
    vertx.cancelTimer(silence);
    closed.accept(this, code);
    var unanswered = Map.copyOf(pending);
    pending.clear();
    unanswered.values().forEach(promise -> promise.fail(new Refused(0)));
  }
}
