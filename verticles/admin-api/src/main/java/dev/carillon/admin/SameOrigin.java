package dev.carillon.admin;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/**
 * Requests that change something come from our own page or from no page at all. Browsers say where
 * a request comes from (Fetch Metadata, and Origin of RFC 6454), and scripts can't change that;
 * programs say nothing.
 */
final class SameOrigin {

  private SameOrigin() {}

  /**
   * @throws Refusal 403 when a page of another origin sent the request
   */
  static void require(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    boolean isOtherSite = site != null && !site.equals("same-origin") && !site.equals("none");
    String origin = request.getHeader("Origin");
    if (isOtherSite || origin != null && !isOf(origin, authority(request))) {
      throw new Refusal(403, "request from another site");
    }
  }

  /** The scheme is left out: behind a proxy that ends TLS it is not the one of the page. */
  private static boolean isOf(String origin, String authority) {
    int host = origin.indexOf("://");
    return host > 0 && origin.substring(host + 3).toLowerCase(Locale.ROOT).equals(authority);
  }

  private static String authority(HttpServerRequest request) {
    return request.authority() == null
        ? ""
        : request.authority().toString().toLowerCase(Locale.ROOT);
  }
}
