package dev.carillon.token;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a token that mean something to us (RFC 7519, docs/PROTOCOL.md, "Tokens"). */
final class Claims {

  /** Year 5138: later times are never meant, and sums with them overflow nowhere. */
  private static final long LAST_SECOND = 100_000_000_000L;

  String sub = "";
  String iss = "";
  List<String> aud = List.of();
  long exp;
  long nbf;
  @Nullable Long expireAt;
  String channel = "";
  String client = "";
  final Attachment info = new Attachment();
  final Attachment data = new Attachment();
  Bytes meta = Bytes.EMPTY;
  OptionOverride override = OptionOverride.NONE;

  private final String userClaim;
  private List<String> channels = List.of();
  private Map<String, SubscriptionGrant> subs = Map.of();

  private Claims(String userClaim) {
    this.userClaim = userClaim;
  }

  /**
   * Reads the payload of a token.
   *
   * @param userClaim the claim that has the user id
   * @throws IOException if it is malformed or a known claim has another type than it must have
   */
  static Claims parse(Bytes payload, String userClaim) throws IOException {
    JsonReader.checkText(payload.array());
    var claims = new Claims(userClaim);
    try (var json = new JsonReader(payload.array(), 0, payload.length())) {
      json.begin();
      while (json.nextField()) {
        if (json.isNull()) {
          json.skip();
        } else {
          claims.read(json);
        }
      }
      json.end();
    }
    return claims;
  }

  /**
   * The channels that the server subscribes to; {@code subs} takes the place of {@code channels}. A
   * channel without a name is none.
   */
  Map<String, SubscriptionGrant> subs() {
    var all = new LinkedHashMap<>(subs);
    if (all.isEmpty()) {
      channels.forEach(name -> all.put(name, SubscriptionGrant.PLAIN));
    }
    all.remove("");
    return all;
  }

  private void read(JsonReader json) throws IOException {
    if (json.name().equals(userClaim)) {
      // Identity providers count their users; the claim of the RFC is text (section 4.1.2).
      sub = userClaim.equals("sub") ? json.text() : json.textOrNumber();
      return;
    }
    switch (json.name()) {
      case "iss" -> iss = json.text();
      case "aud" -> aud = json.isArray() ? texts(json) : List.of(json.text());
      case "exp" -> exp = Math.max(1, seconds(json));
      case "nbf" -> nbf = seconds(json);
      case "expire_at" -> expireAt = seconds(json);
      case "channel" -> channel = json.text();
      case "client" -> client = json.text();
      case "info" -> info.take(json);
      case "b64info" -> info.decode(json);
      case "data" -> data.take(json);
      case "b64data" -> data.decode(json);
      case "override" -> override = Grants.override(json);
      case "channels" -> channels = texts(json);
      case "subs" -> subs = Grants.read(json);
      case "meta" -> meta = object(json);
      default -> json.skip();
    }
  }

  private static long seconds(JsonReader json) throws IOException {
    return Math.max(0, Math.min(LAST_SECOND, json.seconds()));
  }

  private static List<String> texts(JsonReader json) throws IOException {
    var texts = new ArrayList<String>();
    json.beginArray();
    while (json.nextElement()) {
      texts.add(json.text());
    }
    return texts;
  }

  private static Bytes object(JsonReader json) throws IOException {
    json.beginObject();
    return json.raw();
  }
}
