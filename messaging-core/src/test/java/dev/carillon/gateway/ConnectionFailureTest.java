package dev.carillon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ConnectionFailureTest {

  @Test
  void theCauseBehindADecoderDecides() {
    var handshake = new IllegalStateException(new SSLHandshakeException("unknown certificate"));
    assertEquals(
        "the TLS handshake failed; the other side may not trust the certificate",
        ConnectionFailure.words(handshake));
    assertEquals(
        "what came is not TLS, or broken TLS",
        ConnectionFailure.words(new IllegalStateException(new SSLException("record"))));
  }

  @Test
  void whatWasSentIsNotRepeated() {
    var words = ConnectionFailure.words(new IllegalArgumentException("secret bytes"));
    assertEquals("what came is malformed (IllegalArgumentException)", words);
  }

  @Test
  void aClientThatWentAwayIsNoNews() {
    assertFalse(ConnectionFailure.isNews(new IOException("reset by peer")));
    assertTrue(ConnectionFailure.isNews(new SSLException("record")));
    assertTrue(ConnectionFailure.isNews(new IllegalArgumentException("header")));
    assertEquals("the connection broke", ConnectionFailure.words(new IOException("reset")));
  }
}
