package dev.carillon.cluster.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a node proves itself with on the event bus; it was checked.
 *
 * @param authorities whose certificates are accepted
 * @param chain its own certificate first
 * @param issuer the one of the authorities that it comes from
 */
public record NodeCertificate(
    List<X509Certificate> authorities,
    List<X509Certificate> chain,
    PrivateKey key,
    X509Certificate issuer) {

  private static final String PROTOCOL = "TLSv1.3";
  private static final int FINGERPRINT_BYTES = 8;

  public NodeCertificate {
    authorities = List.copyOf(authorities);
    chain = List.copyOf(chain);
  }

  /** The moment after which no other node accepts it. */
  public Instant end() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /** What the other nodes have to know about it. */
  public Trust trust() {
    return new Trust(
        fingerprint(issuer.getPublicKey()),
        authorities.stream()
            .map(authority -> fingerprint(authority.getPublicKey()))
            .collect(Collectors.toSet()));
  }

  /**
   * Lets the bus accept connections, and accept to be connected, only with nodes that have a
   * certificate of these authorities. Names are not compared: the client of the bus can't do it
   * (Vert.x turns it off), and who has a certificate is a node in any case.
   */
  public void applyTo(EventBusOptions bus) {
    var own = new PemKeyCertOptions().addKeyValue(Buffer.buffer(Pem.privateKey(key.getEncoded())));
    own.addCertValue(
        Buffer.buffer(chain.stream().map(NodeCertificate::pem).collect(Collectors.joining())));
    var trusted = new PemTrustOptions();
    authorities.forEach(authority -> trusted.addCertValue(Buffer.buffer(pem(authority))));
    bus.setSsl(true)
        // The default of the bus is to trust everybody.
        .setTrustAll(false)
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(own)
        .setTrustOptions(trusted)
        .setEnabledSecureTransportProtocols(Set.of(PROTOCOL));
  }

  private static String pem(X509Certificate certificate) {
    try {
      return Pem.certificate(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("certificate (expected: one that was read)", impossible);
    }
  }

  private static String fingerprint(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("SHA-256 (expected: in every JDK)", impossible);
    }
  }
}
