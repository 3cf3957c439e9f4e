package dev.carillon.cluster.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** A certificate with its private key. */
public record Credentials(X509Certificate certificate, PrivateKey key) {

  private static final byte[] TEXT = "carillon".getBytes(StandardCharsets.US_ASCII);

  /** Whether both belong together: what the key signs, the certificate can check. */
  boolean belongTogether() {
    try {
      var signature = Signature.getInstance(algorithm());
      signature.initSign(key);
      signature.update(TEXT);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(TEXT);
      return signature.verify(signed);
    } catch (GeneralSecurityException different) {
      return false;
    }
  }

  /** How the key signs. */
  String algorithm() {
    return switch (key.getAlgorithm()) {
      case "EC", "ECDSA" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }
}
