package dev.carillon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.carillon.protocol.Encoding;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2, request by request. */
class HandshakeTest {

  private final MultiMap headers =
      MultiMap.caseInsensitiveMultiMap()
          .add("Host", "localhost")
          .add("Upgrade", "websocket")
          .add("Connection", "Upgrade")
          .add("Sec-WebSocket-Version", "13")
          .add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

  private Handshake answer() {
    return Handshake.of(HttpMethod.GET, HttpVersion.HTTP_1_1, headers, null);
  }

  private Handshake.Accepted accepted() {
    return assertInstanceOf(Handshake.Accepted.class, answer());
  }

  private int refusal() {
    return assertInstanceOf(Handshake.Refused.class, answer()).status();
  }

  @Test
  void theKeyOfTheRfcIsAnsweredAsInTheRfc() {
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", accepted().headers().get("Sec-WebSocket-Accept"));
  }

  @ParameterizedTest
  @CsvSource({"WebSocket,upgrade", "'h2c, websocket','keep-alive, Upgrade'", "websocket,UPGRADE"})
  void tokensAreFoundInListsAndInAnyCase(String upgrade, String connection) {
    headers.set("Upgrade", upgrade).set("Connection", connection);
    accepted();
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade,,426",
    "Upgrade,h2c,426",
    "Connection,,400",
    "Connection,close,400",
    "Host,,400",
    "Sec-WebSocket-Version,,426",
    "Sec-WebSocket-Version,8,426",
    "Sec-WebSocket-Key,,400",
    "Sec-WebSocket-Key,no base64!,400",
    "Sec-WebSocket-Key,dG9vIHNob3J0,400",
    "Sec-WebSocket-Key,dGhlIHNhbXBsZSBub25jZQ,400",
    "Sec-WebSocket-Key,dGhlIHNhbXBsZSBub25jZSBhbmQgbW9yZQ==,400"
  })
  void aHeaderThatIsMissingOrWrongIsRefused(String header, String value, int status) {
    headers.remove(header);
    if (value != null) {
      headers.set(header, value);
    }
    assertEquals(status, refusal());
  }

  @ParameterizedTest
  @CsvSource({"Host,400", "Sec-WebSocket-Version,426", "Sec-WebSocket-Key,400"})
  void aHeaderThatMustBeThereOnceIsRefusedTwice(String header, int status) {
    headers.add(header, headers.get(header));
    assertEquals(status, refusal());
  }

  @Test
  void whoAsksForAnotherVersionIsToldTheOneThatIsSpoken() {
    headers.set("Sec-WebSocket-Version", "8");
    var refused = assertInstanceOf(Handshake.Refused.class, answer());
    assertEquals("13", refused.headers().get("Sec-WebSocket-Version"));
  }

  @ParameterizedTest
  @CsvSource({"Content-Length,5", "Content-Length,00", "Transfer-Encoding,chunked"})
  void aBodyIsRefused(String header, String value) {
    headers.set(header, value);
    assertEquals(400, refusal());
  }

  @Test
  void aBodyOfNothingIsNone() {
    headers.set("Content-Length", "0");
    accepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate", "x-webkit-deflate-frame", "mux; max-channels=4"})
  void noExtensionIsConfirmed(String offered) {
    headers.set("Sec-WebSocket-Extensions", offered);
    assertNull(accepted().headers().get("Sec-WebSocket-Extensions"));
  }

  @Test
  void otherMethodsAreRefused() {
    var refused =
        assertInstanceOf(
            Handshake.Refused.class,
            Handshake.of(HttpMethod.POST, HttpVersion.HTTP_1_1, headers, null));
    assertEquals(405, refused.status());
    assertEquals("GET", refused.headers().get("Allow"));
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_0,426", "HTTP_2,400"})
  void otherVersionsOfHttpAreRefused(HttpVersion version, int status) {
    var refused =
        assertInstanceOf(
            Handshake.Refused.class, Handshake.of(HttpMethod.GET, version, headers, null));
    assertEquals(status, refused.status());
  }

  @ParameterizedTest
  @CsvSource({
    "centrifuge-json,centrifuge-json,JSON",
    "'x, centrifuge-json',centrifuge-json,JSON",
    "'x,centrifuge-protobuf',centrifuge-protobuf,PROTOBUF",
    "'centrifuge-protobuf, centrifuge-json',centrifuge-protobuf,PROTOBUF",
    "'centrifuge-json, centrifuge-protobuf',centrifuge-json,JSON",
    "Centrifuge-Protobuf,,JSON",
    "unknown,,JSON",
    "'',,JSON",
    "',',,JSON",
    ",,JSON"
  })
  void theFirstKnownSubprotocolIsEchoed(String offered, String answered, Encoding encoding) {
    if (offered != null) {
      headers.set("Sec-WebSocket-Protocol", offered);
    }
    assertEquals(answered, accepted().headers().get("Sec-WebSocket-Protocol"));
    assertEquals(encoding, accepted().encoding());
  }

  @Test
  void subprotocolsMayStandInSeveralHeaders() {
    headers
        .add("Sec-WebSocket-Protocol", "unknown")
        .add("Sec-WebSocket-Protocol", "centrifuge-protobuf");
    assertEquals("centrifuge-protobuf", accepted().headers().get("Sec-WebSocket-Protocol"));
  }

  @ParameterizedTest
  @CsvSource({
    "cf_protocol=protobuf,PROTOBUF",
    "format=protobuf,PROTOBUF",
    "a=%zz&format=protobuf,PROTOBUF",
    "cf_protocol=json,JSON",
    "cf_protocol_version=v2,JSON",
    "xformat=protobuf,JSON",
    "cf_protocol,JSON",
    "'',JSON",
    ",JSON"
  })
  void theQueryMayAskForProtobuf(String query, Encoding encoding) {
    var answer = Handshake.of(HttpMethod.GET, HttpVersion.HTTP_1_1, headers, query);
    var accepted = assertInstanceOf(Handshake.Accepted.class, answer);
    assertEquals(encoding, accepted.encoding());
    assertNull(accepted.headers().get("Sec-WebSocket-Protocol"));
  }

  @ParameterizedTest
  @CsvSource({
    "cf_ws_frame_ping_pong=true,true",
    "format=protobuf&cf_ws_frame_ping_pong=true,true",
    "cf_ws_frame_ping_pong=false,false",
    "cf_ws_frame_ping_pong,false",
    ",false"
  })
  void theQueryMayAskForPingFrames(String query, boolean wanted) {
    var answer = Handshake.of(HttpMethod.GET, HttpVersion.HTTP_1_1, headers, query);
    assertEquals(wanted, assertInstanceOf(Handshake.Accepted.class, answer).pingFrames());
  }
}
