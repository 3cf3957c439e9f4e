package dev.carillon.http;

import dev.carillon.gateway.Origins;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What browsers are told about every answer. Pages may load their own files and talk to the live
 * nodes of the cluster, and nothing else; everything that is no page may do nothing at all.
 */
final class SecurityHeaders {

  /** A year, as the preload lists of browsers ask for. */
  private static final String HSTS = "max-age=31536000";

  private static final Pattern LOOPBACK_PORT =
      Pattern.compile("^(https?://(?:localhost|127\\.0\\.0\\.1))(?::\\d+)?$");

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  private final Membership membership;
  private final boolean hsts;

  /**
   * @param hsts whether a certificate was configured; with a self-signed one HSTS would lock
   *     visitors out who have to accept it
   */
  SecurityHeaders(Membership membership, boolean hsts) {
    this.membership = membership;
    this.hsts = hsts;
  }

  /** Headers of every answer; a page sets its own policy afterwards. */
  void set(MultiMap headers, boolean isTls) {
    headers
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Content-Security-Policy", NOTHING);
    // RFC 6797 section 7.2: never without TLS.
    if (hsts && isTls) {
      headers.set("Strict-Transport-Security", HSTS);
    }
  }

  /** The policy of a page with these import maps. */
  String pagePolicy(List<String> scriptHashes) {
    String scripts = Stream.concat(Stream.of("'self'"), scriptHashes.stream()).collect(spaced());
    String targets = Stream.concat(Stream.of("'self'"), nodeTargets()).collect(spaced());
    return "default-src 'none'; script-src "
        + scripts
        + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
        + targets
        + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        + "; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'";
  }

  /**
   * Every live node over HTTP and as a WebSocket; only what parses as a URL gets in. A policy holds
   * as long as its page is open. Nodes that join later on this machine differ from those that are
   * there in nothing but the port, so the ports of the machine itself are left open: otherwise a
   * page could not go on with such a node when its own is killed.
   */
  private Stream<String> nodeTargets() {
    return membership.nodes().stream()
        .map(NodeInfo::publicUrls)
        .flatMap(List::stream)
        .flatMap(url -> Origins.of(url).stream())
        .map(origin -> LOOPBACK_PORT.matcher(origin).replaceFirst("$1:*"))
        .flatMap(origin -> Stream.of(origin, origin.replaceFirst("^http", "ws")))
        .distinct();
  }

  private static Collector<CharSequence, ?, String> spaced() {
    return Collectors.joining(" ");
  }
}
