package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.control.DisconnectOrder;
import dev.carillon.control.Order;
import dev.carillon.control.RefreshOrder;
import dev.carillon.control.SubscribeOrder;
import dev.carillon.control.Target;
import dev.carillon.control.UnsubscribeOrder;
import dev.carillon.protocol.Disconnect;
import dev.carillon.text.Utf8;
import dev.carillon.token.Operator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Orders, from the bodies of requests. The fields have the names and meanings that they have in the
 * server API of Centrifugo, but a user must be named.
 */
final class OrderJson {

  /** Room for the largest list of spared clients, or for info and data of some KiB. */
  static final int MAX_BODY_BYTES = 65_536;

  /** With ids of 36 characters, more than half of what a body has room for. */
  static final int MAX_SPARED = 1_000;

  /** The end of the year 9999; beyond it a number is in milliseconds. */
  private static final long LATEST = 253_402_300_799L;

  private static final int FIRST_CODE = 3_000;
  private static final int LAST_CODE = 4_999;

  private static final List<String> OVERRIDES =
      List.of(
          "presence", "join_leave", "force_push_join_leave", "force_positioning", "force_recovery");

  // What the fields said that were there.
  private @Nullable String user;
  private String client = "";
  private String channel = "";
  private int code;
  private String reason = "";
  private List<String> spared = List.of();
  private boolean expired;
  private long expireAt;
  private @Nullable Bytes info;
  private Bytes data = Bytes.EMPTY;
  private boolean recovers;
  private long offset;
  private String epoch = "";
  private final Map<String, Boolean> overrides = new HashMap<>();

  private OrderJson(byte[] body, String... fields) {
    var known = List.of(fields);
    RequestFields.read(body, in -> in.each(known, name -> take(name, in)));
  }

  /**
   * Closes connections.
   *
   * @throws Refusal 400 with what was expected
   */
  static Order disconnect(byte[] body) {
    var in = new OrderJson(body, "user", "client", "disconnect", "whitelist");
    boolean isSaid = in.code != 0;
    var disconnect = isSaid ? new Disconnect(in.code, in.reason) : Disconnect.FORCE_DISCONNECT;
    return new DisconnectOrder(in.target(), disconnect.code(), disconnect.reason(), in.spared);
  }

  /** Ends subscriptions. */
  static Order unsubscribe(byte[] body) {
    var in = new OrderJson(body, "user", "client", "channel");
    return new UnsubscribeOrder(in.target(), in.channel);
  }

  /**
   * Subscribes to a channel.
   *
   * @param now seconds since 1970
   */
  static SubscribeOrder subscribe(byte[] body, long now) {
    var in =
        new OrderJson(
            body,
            "user",
            "client",
            "channel",
            "expire_at",
            "info",
            "data",
            "recover_since",
            "override");
    Target target = in.target();
    if (in.channel.isEmpty()) {
      throw Refusal.bad("no channel", "the one to subscribe to");
    }
    if (in.channel.startsWith(Operator.CHANNELS)) {
      throw Refusal.bad("channel " + Excerpt.of(in.channel), "none of the console");
    }
    in.checkExpiry(now);
    Bytes info = in.info == null ? Bytes.EMPTY : in.info;
    var grant = new SubscriptionGrant(info, in.data, in.override());
    var since = in.recovers ? new StreamPosition(in.offset, in.epoch) : null;
    return new SubscribeOrder(target, in.channel, grant, in.expireAt, since);
  }

  /**
   * Changes when connections expire.
   *
   * @param now seconds since 1970
   */
  static Order refresh(byte[] body, long now) {
    var in = new OrderJson(body, "user", "client", "expired", "expire_at", "info");
    in.checkExpiry(now);
    return new RefreshOrder(in.target(), in.expired, in.expireAt, in.info);
  }

  /** A time to live in its place would close everybody at once. */
  private void checkExpiry(long now) {
    if (expireAt != 0 && expireAt <= now) {
      throw Refusal.bad("expire_at " + expireAt, "later than now, " + now + ", or 0 for never");
    }
  }

  private void take(String name, RequestFields in) throws IOException {
    switch (name) {
      case "user" -> user = in.text();
      case "client" -> client = in.text();
      case "channel" -> channel = in.text();
      case "disconnect" -> takeDisconnect(in);
      case "whitelist" -> spared = in.texts(MAX_SPARED);
      case "expired" -> expired = in.flag();
      case "expire_at" -> expireAt = in.number(0, LATEST);
      case "info" -> info = in.json();
      case "data" -> data = in.json();
      case "recover_since" -> takePosition(in);
      case "override" -> in.object(OVERRIDES, option -> takeOverride(option, in));
      default -> throw new IllegalStateException(name + " (expected: a field of an order)");
    }
  }

  private void takeDisconnect(RequestFields in) throws IOException {
    in.object(
        List.of("code", "reason"),
        name -> {
          if (name.equals("code")) {
            code = (int) in.number(FIRST_CODE, LAST_CODE);
          } else {
            reason = in.text();
          }
        });
    if (code == 0) {
      throw Refusal.bad("no disconnect.code", FIRST_CODE + " to " + LAST_CODE);
    }
    if (Utf8.length(reason) > Disconnect.MAX_REASON) {
      throw Refusal.bad(
          "disconnect.reason " + Excerpt.of(reason),
          "at most " + Disconnect.MAX_REASON + " bytes of UTF-8");
    }
  }

  private void takePosition(RequestFields in) throws IOException {
    recovers = true;
    in.object(
        List.of("offset", "epoch"),
        name -> {
          if (name.equals("offset")) {
            offset = in.number(0, Long.MAX_VALUE);
          } else {
            epoch = in.text();
          }
        });
  }

  /** Each option is an object with a member {@code value}. */
  private void takeOverride(String option, RequestFields in) throws IOException {
    in.object(List.of("value"), value -> overrides.put(option, in.flag()));
    if (!overrides.containsKey(option)) {
      throw Refusal.bad("no override." + option + ".value", "true or false");
    }
  }

  private OptionOverride override() {
    return new OptionOverride(
        overrides.get("presence"),
        overrides.get("join_leave"),
        overrides.get("force_push_join_leave"),
        overrides.get("force_positioning"),
        overrides.get("force_recovery"));
  }

  private Target target() {
    if (user == null) {
      throw Refusal.bad("no user", "whose connections; \"\" for those without a user");
    }
    return new Target(user, client);
  }
}
