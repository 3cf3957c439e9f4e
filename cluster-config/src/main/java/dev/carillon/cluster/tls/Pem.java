package dev.carillon.cluster.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {

  private Pem() {}

  /** A certificate, with a line break at its end. */
  public static String certificate(byte[] encoded) {
    return text("CERTIFICATE", encoded);
  }

  /** A private key in PKCS#8, with a line break at its end. */
  public static String privateKey(byte[] encoded) {
    return text("PRIVATE KEY", encoded);
  }

  private static String text(String label, byte[] content) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  /**
   * All certificates of the text, in their order; other things in it are passed over.
   *
   * @throws IOException when the text is malformed
   */
  static List<X509Certificate> certificates(String text) throws IOException {
    var found = new ArrayList<X509Certificate>();
    var converter = new JcaX509CertificateConverter();
    try (var parser = new PEMParser(new StringReader(text))) {
      for (var object = parser.readObject(); object != null; object = parser.readObject()) {
        if (object instanceof X509CertificateHolder holder) {
          found.add(converter.getCertificate(holder));
        }
      }
      return List.copyOf(found);
    } catch (CertificateException malformed) {
      throw new IOException(malformed);
    }
  }

  /**
   * The first private key of the text, in PKCS#8, PKCS#1 (RSA) or SEC 1 (EC), not encrypted; null
   * when there is none.
   *
   * @throws IOException when the text is malformed
   */
  static @Nullable PrivateKey privateKey(String text) throws IOException {
    var converter = new JcaPEMKeyConverter();
    try (var parser = new PEMParser(new StringReader(text))) {
      for (var object = parser.readObject(); object != null; object = parser.readObject()) {
        if (object instanceof PrivateKeyInfo key) {
          return converter.getPrivateKey(key);
        }
        if (object instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
      return null;
    }
  }
}
