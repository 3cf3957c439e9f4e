package dev.carillon.http;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import dev.carillon.gateway.Origins;
import java.time.Duration;
import java.util.List;

/** Options of the HTTP server. */
@Section(value = "http_server", doc = "Pages, gateways and small answers over HTTP.")
public record WebServerOptions(
    @Option(
            value = "127.0.0.1",
            doc = "Address to listen on, with and without TLS.",
            why = "Nothing is reachable from outside before the operator says so.")
        String bind,
    @Option(
            value = "8000",
            doc = "Port without TLS; 0 takes any free one.",
            why = "Browsers trust http://localhost, so a first start needs no exception.",
            min = "0",
            max = "65535")
        int port,
    @Option(
            value = "8443",
            doc = "Port with TLS; 0 takes any free one.",
            why = "The usual one that needs no privileges.",
            min = "0",
            max = "65535")
        int tlsPort,
    @Option(
            value = "9090",
            doc = "Port of health, readiness and metrics; 0 takes any free one.",
            why = "Apart from the public ports, so that a firewall can tell them apart.",
            min = "0",
            max = "65535")
        int internalPort,
    @Option(
            value = "[]",
            doc =
                "Where browsers reach this node, best first, for example https://a.example.com."
                    + " Pages at another address get no connection, unless"
                    + " `client.allowed_origins` lets them. Empty: http and https at the address"
                    + " bound to, for `0.0.0.0` at each IPv4 address of this machine, the one"
                    + " that leads to other networks first, and at localhost.",
            why = "Only the operator knows what stands before the node.")
        List<String> publicUrls,
    @Option(
            value = "8192",
            doc = "Bytes of all headers of a request at most; beyond: 431.",
            why = "Room for a token of 4 KB; more is a mistake or an attack.",
            min = "1024",
            max = "65536")
        int maxHeaderSize,
    @Option(
            value = "10s",
            doc = "Time in which a new connection must send a whole request head.",
            why = "Slow clients need less; slow attackers want more.",
            min = "100ms",
            max = "1h")
        Duration headerTimeout,
    @Option(
            value = "30s",
            doc = "Time from a request head to the end of its response; beyond: closed.",
            why = "Bodies and answers are small; what takes longer is stuck.",
            min = "100ms",
            max = "1h")
        Duration requestTimeout,
    @Option(
            value = "30s",
            doc = "Time that a connection may wait for its next request, with its head.",
            why = "A page asks again within seconds, and a connection costs some kilobytes.",
            min = "100ms",
            max = "1h")
        Duration keepAliveTimeout,
    @Option(
            value = "200",
            doc = "Streams that an HTTP/2 client may reset in reset_window; beyond: closed.",
            why = "The answer to CVE-2023-44487; browsers stay far below.",
            min = "1",
            max = "1000000")
        int resetLimit,
    @Option(
            value = "30s",
            doc = "The window of reset_limit, in whole seconds.",
            why = "As long as the burst of a reload may last.",
            min = "1s",
            max = "1h")
        Duration resetWindow,
    @Option(doc = "Certificate and key.") TlsOptions tls) {

  public WebServerOptions {
    publicUrls = List.copyOf(publicUrls);
    for (String url : publicUrls) {
      if (!url.matches("https?://.+") || Origins.of(url).isEmpty()) {
        throw new ConfigException("public_urls", url, "http or https URLs");
      }
    }
  }
}
