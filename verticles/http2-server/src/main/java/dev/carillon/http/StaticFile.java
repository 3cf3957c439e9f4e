package dev.carillon.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file as it is served, in memory.
 *
 * @param type its content type
 * @param etag a strong one, with quotes
 * @param body the bytes
 * @param gzip the same compressed; null when that gains nothing
 * @param isImmutable whether its path changes when its content does
 * @param scriptHashes CSP source expressions of its inline import maps
 */
record StaticFile(
    String type,
    String etag,
    Buffer body,
    @Nullable Buffer gzip,
    boolean isImmutable,
    List<String> scriptHashes) {

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /** Compressing less does not save a packet. */
  private static final int GZIP_FROM = 1024;

  /** Prepares a file of this name below {@code web/}. */
  static StaticFile of(String path, byte[] bytes) {
    String type =
        TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    return new StaticFile(
        type,
        '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(bytes)) + '"',
        Buffer.buffer(bytes),
        compressed(type, bytes),
        path.startsWith("vendor/"),
        type.startsWith("text/html") ? ImportMaps.hashes(bytes) : List.of());
  }

  /** The tag of the compressed form, which is another sequence of bytes (RFC 9110, 8.8.3.3). */
  String gzipEtag() {
    return etag.substring(0, etag.length() - 1) + "-gz\"";
  }

  boolean isPage() {
    return type.startsWith("text/html");
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("no SHA-256 (expected: in every JDK)", missing);
    }
  }

  private static @Nullable Buffer compressed(String type, byte[] bytes) {
    boolean isText = type.startsWith("text/") || type.contains("json") || type.contains("svg");
    if (!isText || bytes.length < GZIP_FROM) {
      return null;
    }
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    return out.size() < bytes.length ? Buffer.buffer(out.toByteArray()) : null;
  }
}
