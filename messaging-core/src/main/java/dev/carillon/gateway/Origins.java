package dev.carillon.gateway;

import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to this cluster (RFC 6454): those of its own public URLs, of all nodes
 * that live or have lived in this process's time, and those that the operator allows. A page whose
 * node was killed keeps the origin of that node, and goes on with another one. Browsers send the
 * Origin of the page and scripts can't forge it; other programs send none. Safe to call from any
 * thread.
 */
public final class Origins {

  /** Pages of nodes that left longer ago than this many URLs are strangers again. */
  private static final int FORMER_MAX = 256;

  private static final Pattern LOOPBACK =
      Pattern.compile("^(https?://)(127\\.0\\.0\\.1|\\[::1])(?=:|$)");

  private final Membership membership;
  private final List<Pattern> allowed;

  // Written by the event loop that the membership calls its listeners on, read from any thread.
  private volatile List<String> former = List.of();

  /**
   * @param allowed patterns of whole origins, for example {@code https://*.example.com}; {@code *}
   *     stands for any characters, {@code ?} for one
   */
  public Origins(Membership membership, List<String> allowed) {
    this.membership = membership;
    this.allowed = allowed.stream().map(Origins::pattern).toList();
    membership.listen((change, node) -> remember(node));
  }

  /** Whether a request with this Origin header may pass; none passes. */
  public boolean allows(@Nullable String origin) {
    return origin == null || isOwn(origin) || isAllowed(origin.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether it is the origin of a page of this cluster. The names of the loopback interface are one
   * host: who types 127.0.0.1 is served by the same process as who types localhost.
   */
  public boolean isOwn(String origin) {
    String wanted = localhost(origin.toLowerCase(Locale.ROOT));
    return Stream.concat(
            former.stream(),
            membership.nodes().stream()
                .flatMap(node -> node.publicUrls().stream())
                .flatMap(url -> of(url).stream()))
        .anyMatch(own -> localhost(own).equals(wanted));
  }

  private static String localhost(String origin) {
    return LOOPBACK.matcher(origin).replaceFirst("$1localhost");
  }

  private void remember(NodeInfo node) {
    var latest = new LinkedHashSet<>(former);
    for (String url : node.publicUrls()) {
      of(url).ifPresent(latest::remove);
      of(url).ifPresent(latest::add);
    }
    former = latest.stream().skip(Math.max(0, latest.size() - FORMER_MAX)).toList();
  }

  /** The origin of a URL as browsers write it: in lower case and without a default port. */
  public static Optional<String> of(String url) {
    try {
      var uri = new URI(url);
      if (uri.getScheme() == null || uri.getHost() == null) {
        return Optional.empty();
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      boolean standard = uri.getPort() == -1 || uri.getPort() == defaultPort(scheme);
      String port = standard ? "" : ":" + uri.getPort();
      return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    } catch (URISyntaxException noUrl) {
      return Optional.empty();
    }
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      default -> -1;
    };
  }

  private boolean isAllowed(String origin) {
    return allowed.stream().anyMatch(pattern -> pattern.matcher(origin).matches());
  }

  private static Pattern pattern(String glob) {
    var regex = new StringBuilder();
    glob.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(point)));
              }
            });
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
