package dev.carillon.session;

import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.config.ConfigException;
import dev.carillon.config.OptionReader;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.RpcRequest;
import dev.carillon.protocol.RpcResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionRpcTest {

  private static final RpcResult NOTHING = new RpcResult(Bytes.EMPTY);

  @Test
  void aServerWithoutMethodsHasNoneToCall() {
    assertEquals(List.of(error(2, ErrorCode.NOT_AVAILABLE)), answer(Map.of(), "ping"));
  }

  @Test
  void aPingIsAnsweredWithNothingAndOtherMethodsAreNotFound() {
    Map<String, Object> ping = Map.of("ping.enabled", "true");
    assertEquals(List.of(reply(2, NOTHING)), answer(ping, "ping"));
    assertEquals(List.of(error(2, ErrorCode.METHOD_NOT_FOUND)), answer(ping, "sum"));
    assertEquals(List.of(error(2, ErrorCode.METHOD_NOT_FOUND)), answer(ping, ""));
  }

  @Test
  void thePingMayHaveAnotherName() {
    Map<String, Object> named = Map.of("ping.enabled", "true", "ping.method", "hello");
    assertEquals(List.of(reply(2, NOTHING)), answer(named, "hello"));
    assertEquals(List.of(error(2, ErrorCode.METHOD_NOT_FOUND)), answer(named, "ping"));
    assertThrows(
        ConfigException.class,
        () -> OptionReader.read(RpcOptions.class, Map.of("ping.method", "")));
  }

  private static List<Object> answer(Map<String, Object> rpc, String method) {
    SessionSettings plain = SessionFixture.settings(Map.of(), List.of());
    var settings =
        new SessionSettings(
            plain.client(),
            plain.namespaces(),
            OptionReader.read(RpcOptions.class, rpc),
            plain.version());
    var client = new SessionFixture(settings).connected();
    return client.receive(new RpcRequest(2, method, Bytes.utf8("{}"))).effects.take();
  }
}
