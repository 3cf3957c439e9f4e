package dev.carillon.http;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;

/** What does the cryptography of TLS. */
public enum TlsEngine {
  /** BoringSSL where it is there for the platform, else the JDK. */
  AUTO,
  BORINGSSL,
  JDK;

  /**
   * The options of this engine.
   *
   * @throws TlsException when it is not there
   */
  SSLEngineOptions engine() {
    boolean there = OpenSSLEngineOptions.isAvailable() && OpenSSLEngineOptions.isAlpnAvailable();
    if (this == BORINGSSL && !there) {
      throw new TlsException("http_server.tls.engine = boringssl (expected: jdk on this platform)");
    }
    return this == JDK || !there ? new JdkSSLEngineOptions() : new OpenSSLEngineOptions();
  }
}
