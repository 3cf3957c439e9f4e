package dev.carillon.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves the pages and their files, with entity tags (RFC 9110 sections 8.8 and 13). */
final class StaticRoute {

  private final StaticFiles files;
  private final SecurityHeaders security;

  StaticRoute(StaticFiles files, SecurityHeaders security) {
    this.files = files;
    this.security = security;
  }

  /** Whether there is a file, or a folder of files, at this path. */
  boolean has(@Nullable String path) {
    return path != null && (files.find(path).isPresent() || files.isFolder(path));
  }

  void handle(RoutingContext routing) {
    String path = routing.request().path();
    Optional<StaticFile> file = path == null ? Optional.empty() : files.find(path);
    if (file.isPresent()) {
      if (Answers.isMethod(routing, HttpMethod.GET, HttpMethod.HEAD)) {
        serve(routing, file.get());
      }
    } else if (path != null && files.isFolder(path)) {
      routing.response().putHeader("Location", path + "/");
      Answers.text(routing, 308, "moved to " + path + "/");
    } else {
      Answers.text(routing, 404, "not found");
    }
  }

  private void serve(RoutingContext routing, StaticFile file) {
    HttpServerRequest request = routing.request();
    HttpServerResponse response = routing.response();
    boolean gzip = file.gzip() != null && acceptsGzip(request.getHeader("Accept-Encoding"));
    String etag = gzip ? file.gzipEtag() : file.etag();
    response
        .putHeader("ETag", etag)
        .putHeader(
            "Cache-Control",
            file.isImmutable() ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.gzip() != null) {
      response.putHeader("Vary", "Accept-Encoding");
    }
    if (file.isPage()) {
      response.putHeader("Content-Security-Policy", security.pagePolicy(file.scriptHashes()));
    }
    if (matches(request.getHeader("If-None-Match"), etag)) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", file.type());
    if (gzip) {
      response.putHeader("Content-Encoding", "gzip");
    }
    Answers.end(routing, response, gzip && file.gzip() != null ? file.gzip() : file.body());
  }

  /** Whether gzip is listed and not refused with a weight of 0. */
  private static boolean acceptsGzip(@Nullable String accepted) {
    return accepted != null
        && Arrays.stream(accepted.split(","))
            .map(coding -> coding.replace(" ", ""))
            .anyMatch(coding -> coding.matches("(?i)gzip(;q=(1.*|0\\.0*[1-9].*))?"));
  }

  /** Section 13.1.2: a weak comparison with each tag of the list. */
  private static boolean matches(@Nullable String ifNoneMatch, String etag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(","))
            .map(tag -> tag.trim().replaceFirst("^W/", ""))
            .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
  }
}
