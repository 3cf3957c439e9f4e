package dev.carillon.http;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What Vert.x is told about the two listeners. */
final class ServerSettings {

  static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  /**
   * Mozilla's intermediate list, version 5.7, without the three suites that need finite-field
   * Diffie-Hellman: BoringSSL has none, and no client of today needs them.
   */
  static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private static final List<HttpVersion> ALPN = List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
  private static final int MAX_LINE = 4096;

  private ServerSettings() {}

  /**
   * Without TLS: HTTP/1.1 only. No compression: attackers read secrets from compressed sizes, and
   * files are compressed once at start. No h2c: browsers have none, and proxies get it wrong.
   *
   * <p>The idle time is for clients that do not read: Vert.x closes a connection after everything
   * was written, which they never let happen. All others are closed before it is over.
   */
  static HttpServerOptions plain(WebServerOptions options) {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(MAX_LINE)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setWriteIdleTimeout(millis(options.requestTimeout().plus(options.keepAliveTimeout())))
        .setMaxHeaderSize(options.maxHeaderSize());
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }

  /** With TLS: HTTP/2 and HTTP/1.1 by ALPN. */
  static HttpServerOptions tls(WebServerOptions options, KeyPairFiles files) {
    HttpServerOptions tls = plain(options);
    CIPHER_SUITES.forEach(tls::addEnabledCipherSuite);
    tls.setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(ALPN)
        .setSslEngineOptions(options.tls().engine().engine())
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setSslHandshakeTimeout(options.headerTimeout().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setKeyCertOptions(files.pem());
    return tls.setHttp2RstFloodMaxRstFramePerWindow(options.resetLimit())
        .setHttp2RstFloodWindowDuration(Math.toIntExact(options.resetWindow().toSeconds()))
        .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(
                    HttpServerOptions.DEFAULT_INITIAL_SETTINGS_MAX_CONCURRENT_STREAMS)
                .setMaxHeaderListSize(options.maxHeaderSize()));
  }

  /** The same with other files, for connections that come from now on. */
  static ServerSSLOptions reloaded(WebServerOptions options, KeyPairFiles files) {
    return tls(options, files).getSslOptions();
  }
}
