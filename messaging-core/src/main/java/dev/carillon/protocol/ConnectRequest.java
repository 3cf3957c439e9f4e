package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first command of every connection.
 *
 * @param token who the client is; empty when it has none
 * @param data for the application behind the server; empty when there is none
 * @param subs what the client asks for of each server-side subscription, by channel: its position,
 *     when it had it before. The requests have id 0.
 * @param name what the client software calls itself; empty when it does not say
 * @param version its version
 * @param headers what a browser can't send as headers of HTTP
 * @param flag bits of what the client understands
 */
public record ConnectRequest(
    long id,
    String token,
    Bytes data,
    Map<String, SubscribeRequest> subs,
    String name,
    String version,
    Map<String, String> headers,
    long flag)
    implements Command {

  public ConnectRequest {
    subs = Collections.unmodifiableMap(new LinkedHashMap<>(subs));
    headers = Map.copyOf(headers);
  }

  /** A client that asks for nothing besides. */
  public ConnectRequest(long id, String token, String name, String version) {
    this(id, token, Bytes.EMPTY, Map.of(), name, version, Map.of(), 0);
  }

  @Override
  public void dispatch(CommandHandler handler) {
    handler.connect(this);
  }
}
