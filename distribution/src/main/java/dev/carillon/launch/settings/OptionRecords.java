package dev.carillon.launch.settings;

import dev.carillon.admin.AdminOptions;
import dev.carillon.broker.BrokerOptions;
import dev.carillon.chat.WebSocketOptions;
import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.links.LinkOptions;
import dev.carillon.cluster.streams.StreamLimits;
import dev.carillon.cluster.streams.StreamsOptions;
import dev.carillon.heartbeat.HeartbeatOptions;
import dev.carillon.http.GuestOptions;
import dev.carillon.http.WebServerOptions;
import dev.carillon.hub.BeatOptions;
import dev.carillon.launch.management.ManagementOptions;
import dev.carillon.redis.RedisEngineOptions;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.session.RpcOptions;
import dev.carillon.tcpecho.TcpEchoOptions;
import dev.carillon.udpecho.UdpEchoOptions;
import java.util.List;

/** Every option record of the runnable, in the order of docs/CONFIGURATION.md. */
final class OptionRecords {
  static final List<Class<? extends Record>> ALL =
      List.of(
          GlobalOptions.class,
          NodeOptions.class,
          ShutdownOptions.class,
          LogOptions.class,
          DemoOptions.class,
          GuestOptions.class,
          ClusterOptions.class,
          LinkOptions.class,
          EngineOptions.class,
          RedisEngineOptions.class,
          StreamsOptions.class,
          BrokerOptions.class,
          WebServerOptions.class,
          ManagementOptions.class,
          ClientOptions.class,
          ChannelOptions.class,
          StreamLimits.class,
          RpcOptions.class,
          WebSocketOptions.class,
          TcpEchoOptions.class,
          UdpEchoOptions.class,
          BeatOptions.class,
          HeartbeatOptions.class,
          AdminOptions.class);

  private OptionRecords() {}
}
