package dev.carillon.chat;

import dev.carillon.protocol.Encoding;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server's side of the opening handshake (RFC 6455 section 4.2). */
sealed interface Handshake {

  String PROTOBUF_SUBPROTOCOL = "centrifuge-protobuf";

  /** Clients that want JSON usually ask for none. */
  Set<String> SUBPROTOCOLS = Set.of("centrifuge-json", PROTOBUF_SUBPROTOCOL);

  /** In the query, for clients that can't ask for a subprotocol. */
  Set<String> ASKS_FOR_PROTOBUF = Set.of("cf_protocol=protobuf", "format=protobuf");

  /** In the query, for clients that want pings of RFC 6455 instead of the protocol's. */
  String ASKS_FOR_PING_FRAMES = "cf_ws_frame_ping_pong=true";

  /**
   * The request is an upgrade.
   *
   * @param encoding what the client wants to talk in
   * @param pingFrames whether it wants ping frames
   */
  record Accepted(Map<String, String> headers, Encoding encoding, boolean pingFrames)
      implements Handshake {}

  /** It is none; {@code reason} is the body. */
  record Refused(int status, String reason, Map<String, String> headers) implements Handshake {}

  /**
   * Reads the request; says nothing about the origin.
   *
   * @param query of its URL as it was sent; null when there is none
   */
  static Handshake of(
      HttpMethod method, HttpVersion version, MultiMap headers, @Nullable String query) {
    // Section 4.2.1, 1: a GET request of HTTP/1.1.
    if (!method.equals(HttpMethod.GET)) {
      return new Refused(405, "only GET", Map.of("Allow", "GET"));
    }
    if (version == HttpVersion.HTTP_2) {
      return refused("a WebSocket needs HTTP/1.1");
    }
    // Section 4.2.1, 3 and 4: Upgrade: websocket, which HTTP/1.0 does not have (RFC 9110, 7.8).
    if (version != HttpVersion.HTTP_1_1 || !lists(headers, "Upgrade", "websocket")) {
      return new Refused(
          426, "this is a WebSocket", Map.of("Upgrade", "websocket", "Connection", "Upgrade"));
    }
    if (!lists(headers, "Connection", "Upgrade")) {
      return refused("Connection must list Upgrade");
    }
    // Section 4.2.1, 2: a Host, which must not be there twice (RFC 9112, 3.2).
    if (only(headers, "Host") == null) {
      return refused("Host must be there once");
    }
    // Bytes behind the request would be taken for frames by one side and for a body by another.
    if (hasBody(headers)) {
      return refused("an upgrade has no body");
    }
    // Section 4.2.2, 4 and section 4.4: version 13 is the only one; once (section 11.3.5).
    if (!"13".equals(only(headers, "Sec-WebSocket-Version"))) {
      return new Refused(426, "version 13 only", Map.of("Sec-WebSocket-Version", "13"));
    }
    String key = only(headers, "Sec-WebSocket-Key");
    if (key == null || !isKey(key)) {
      return refused("Sec-WebSocket-Key must be 16 bytes in Base64");
    }
    return accepted(
        key, subprotocol(headers), query == null ? List.of() : List.of(query.split("&")));
  }

  /** The value of a header that must not be repeated; null when it is missing or repeated. */
  private static @Nullable String only(MultiMap headers, String name) {
    List<String> values = headers.getAll(name);
    return values.size() == 1 ? values.get(0) : null;
  }

  private static boolean hasBody(MultiMap headers) {
    String length = headers.get("Content-Length");
    return headers.contains("Transfer-Encoding") || length != null && !length.equals("0");
  }

  private static Handshake accepted(String key, @Nullable String subprotocol, List<String> query) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Upgrade", "websocket");
    headers.put("Connection", "Upgrade");
    headers.put("Sec-WebSocket-Accept", acceptOf(key));
    // Section 4.2.2, 5: subprotocols that the server does not know are left unanswered.
    if (subprotocol != null) {
      headers.put("Sec-WebSocket-Protocol", subprotocol);
    }
    boolean protobuf =
        PROTOBUF_SUBPROTOCOL.equals(subprotocol)
            || query.stream().anyMatch(ASKS_FOR_PROTOBUF::contains);
    return new Accepted(
        headers,
        protobuf ? Encoding.PROTOBUF : Encoding.JSON,
        query.contains(ASKS_FOR_PING_FRAMES));
  }

  private static Refused refused(String reason) {
    return new Refused(400, reason, Map.of());
  }

  /** Section 4.2.2, 5: the key with a fixed text behind it, hashed, in Base64. */
  static String acceptOf(String key) {
    try {
      byte[] text =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("no SHA-1 (expected: in every JDK)", missing);
    }
  }

  /** Section 4.2.1, 5: a nonce of 16 bytes, padded (RFC 4648, 3.2): Java would take less. */
  private static boolean isKey(String key) {
    try {
      return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** Section 4.1: subprotocols are compared as they are, the client's preference first. */
  private static @Nullable String subprotocol(MultiMap headers) {
    return tokens(headers, "Sec-WebSocket-Protocol")
        .filter(SUBPROTOCOLS::contains)
        .findFirst()
        .orElse(null);
  }

  /** Whether the header lists the token in any case. */
  private static boolean lists(MultiMap headers, String name, String token) {
    return tokens(headers, name)
        .anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(token.toLowerCase(Locale.ROOT)));
  }

  /** Of a list that may be spread over several headers; an empty list is as good as none. */
  private static Stream<String> tokens(MultiMap headers, String name) {
    return headers.getAll(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::trim);
  }
}
