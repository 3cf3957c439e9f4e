package dev.carillon.chaos.lab;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration of the nodes under test. */
final class Settings {
  private Settings() {}

  /** What to add when the streams are in Redis. */
  static String inRedis(String address) {
    return """
        engine.streams: redis
        redis.address: "%s"
        """
        .formatted(address);
  }

  /**
   * A file for all nodes. Clients are asked more often than by default whether they are there, so
   * that they notice a frozen node within seconds; the history is as long as a whole run.
   */
  static String yaml(List<String> members, int size, String secret) {
    var addresses =
        members.stream().map(host -> host + ":5701").collect(Collectors.joining(", ", "[", "]"));
    return """
        cluster:
          members: %s
          expected_members: %d
          port: 5701
          bus_port: 15701
          tls.enabled: true
        http_server: {port: 8000, tls_port: 8443, internal_port: 9090}
        node.verticles: [http2-server, chat-hub, session-heartbeat]
        client:
          ping_interval: 5s
          pong_timeout: 3s
          history_max_publication_limit: 10000
          recovery_max_publication_limit: 10000
          token.hmac_secret_key: %s
        admin: {password: %s, secret: %s}
        broker.history_max_bytes: 16777216
        channel:
          namespaces:
            - name: lab
              presence: true
              join_leave: true
              history_size: 100000
              history_ttl: 24h
              force_recovery: true
              allow_subscribe_for_client: true
              allow_publish_for_client: true
              allow_history_for_client: true
              allow_presence_for_client: true
            - name: flood
              allow_subscribe_for_client: true
              allow_publish_for_client: true
        """
        .formatted(addresses, size, secret, secret, secret);
  }
}
