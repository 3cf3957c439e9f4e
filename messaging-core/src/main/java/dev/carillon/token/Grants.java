package dev.carillon.token;

import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.json.JsonReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims {@code subs} and {@code override} (docs/PROTOCOL.md, "Tokens"). */
final class Grants {

  private Grants() {}

  /** Channel to options, in the order of the token. */
  static Map<String, SubscriptionGrant> read(JsonReader json) throws IOException {
    var subs = new LinkedHashMap<String, SubscriptionGrant>();
    json.beginObject();
    while (json.nextField()) {
      String channel = json.name();
      subs.put(channel, json.isNull() ? SubscriptionGrant.PLAIN : one(json));
    }
    return subs;
  }

  private static SubscriptionGrant one(JsonReader json) throws IOException {
    var info = new Attachment();
    var data = new Attachment();
    OptionOverride override = OptionOverride.NONE;
    json.beginObject();
    while (json.nextField()) {
      if (json.isNull()) {
        continue;
      }
      switch (json.name()) {
        case "info" -> info.take(json);
        case "b64info" -> info.decode(json);
        case "data" -> data.take(json);
        case "b64data" -> data.decode(json);
        case "override" -> override = override(json);
        default -> json.skip();
      }
    }
    return new SubscriptionGrant(info.bytes(), data.bytes(), override);
  }

  /** Each option is an object with a member {@code value}. */
  static OptionOverride override(JsonReader json) throws IOException {
    var options = new LinkedHashMap<String, @Nullable Boolean>();
    json.beginObject();
    while (json.nextField()) {
      String option = json.name();
      options.put(option, json.isNull() ? null : value(json));
    }
    return new OptionOverride(
        options.get("presence"),
        options.get("join_leave"),
        options.get("force_push_join_leave"),
        options.get("force_positioning"),
        options.get("force_recovery"));
  }

  /** A missing value is false, as everywhere in the protocol. */
  private static boolean value(JsonReader json) throws IOException {
    boolean value = false;
    json.beginObject();
    while (json.nextField()) {
      if (json.name().equals("value")) {
        value = json.flag();
      } else {
        json.skip();
      }
    }
    return value;
  }
}
