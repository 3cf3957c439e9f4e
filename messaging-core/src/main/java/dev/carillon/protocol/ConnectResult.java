package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The client is connected.
 *
 * @param client its id, unique for each connection
 * @param version of the server; never empty
 * @param ttl seconds until it must refresh its token; 0: never
 * @param ping seconds between two pings of the server
 * @param pong whether the client must answer pings
 * @param data from the application behind the server; empty when there is none
 * @param subs the server-side subscriptions, by channel
 * @param session names the session to requests that come beside the connection; empty for WebSocket
 * @param node the id of this node, for the same requests
 * @param time of the server, milliseconds since 1970; 0 when it is not told
 */
public record ConnectResult(
    String client,
    String version,
    long ttl,
    long ping,
    boolean pong,
    Bytes data,
    Map<String, SubscribeResult> subs,
    String session,
    String node,
    long time)
    implements Result {

  public ConnectResult {
    subs = Collections.unmodifiableMap(new LinkedHashMap<>(subs));
  }

  /** Without data, server-side subscriptions and time. */
  public ConnectResult(String client, String version, long ttl, long ping, boolean pong) {
    this(client, version, ttl, ping, pong, Bytes.EMPTY, Map.of(), "", "", 0);
  }

  public ConnectResult withSubs(Map<String, SubscribeResult> subs) {
    return new ConnectResult(client, version, ttl, ping, pong, data, subs, session, node, time);
  }

  public ConnectResult withTime(long time) {
    return new ConnectResult(client, version, ttl, ping, pong, data, subs, session, node, time);
  }

  @Override
  public void dispatch(ResultHandler handler) {
    handler.connect(this);
  }
}
