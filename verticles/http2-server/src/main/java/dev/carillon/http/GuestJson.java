package dev.carillon.http;

import dev.carillon.channel.Bytes;
import dev.carillon.json.JsonReader;
import dev.carillon.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;

/** The JSON of {@code POST /demo/token}. */
final class GuestJson {

  /**
   * What a guest asks for.
   *
   * @param name as it was typed
   * @param token the one it has; empty when it is new
   */
  record Wish(String name, String token) {}

  private GuestJson() {}

  /** Reads the body; empty when it is no object with these texts. Unknown members are skipped. */
  static Optional<Wish> wish(Buffer body) {
    byte[] text = body.getBytes();
    String name = "";
    String token = "";
    try {
      JsonReader.checkText(text);
      try (var reader = new JsonReader(text, 0, text.length)) {
        reader.begin();
        while (reader.nextField()) {
          switch (reader.name()) {
            case "name" -> name = reader.text();
            case "token" -> token = reader.text();
            default -> reader.skip();
          }
        }
        reader.end();
      }
      return Optional.of(new Wish(name, token));
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /** What other clients see of a guest: the info of its token. */
  static Bytes info(String name) {
    return new JsonWriter().begin('{').name("name").text(name).end('}').toBytes();
  }

  static Buffer granted(String token, String user, long ttlSeconds) {
    var json = new JsonWriter().begin('{').name("token").text(token).name("user").text(user);
    return buffer(json.name("ttl").number(ttlSeconds));
  }

  static Buffer error(String message) {
    return buffer(new JsonWriter().begin('{').name("error").text(message));
  }

  private static Buffer buffer(JsonWriter object) {
    return Buffer.buffer(object.end('}').toBytes().array());
  }
}
