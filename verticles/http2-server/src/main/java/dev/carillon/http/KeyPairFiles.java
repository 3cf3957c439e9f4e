package dev.carillon.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509KeyManager;

/**
 * The two PEM files, read and checked. Reading blocks, so call it off the event loops.
 *
 * @param certificate content of the first file
 * @param key content of the second file
 * @param subject of the certificate, for the log
 * @param algorithm of its key, for example {@code EC}
 */
record KeyPairFiles(Buffer certificate, Buffer key, String subject, String algorithm) {

  private static final String CERTIFICATE_KEY = "http_server.tls.cert_pem_file";
  private static final String PRIVATE_KEY = "http_server.tls.key_pem_file";

  /**
   * Reads both and proves that they belong together.
   *
   * @throws TlsException with one line for the operator
   */
  static KeyPairFiles read(Vertx vertx, TlsOptions options) {
    Buffer certificate = file(CERTIFICATE_KEY, options.certPemFile());
    Buffer key = file(PRIVATE_KEY, options.keyPemFile());
    X509Certificate first = certificate(options.certPemFile(), certificate);
    String subject = first.getSubjectX500Principal().getName();
    PublicKey open = first.getPublicKey();
    var files = new KeyPairFiles(certificate, key, subject, open.getAlgorithm());
    if (!belong(open, key(vertx, options, files))) {
      throw new TlsException(
          line(PRIVATE_KEY, options.keyPemFile(), "the key of " + options.certPemFile()));
    }
    return files;
  }

  PemKeyCertOptions pem() {
    return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
  }

  private static Buffer file(String option, String path) {
    try {
      return Buffer.buffer(Files.readAllBytes(Path.of(path)));
    } catch (NoSuchFileException missing) {
      throw new TlsException(line(option, path, "a file that exists"), missing);
    } catch (IOException unreadable) {
      throw new TlsException(line(option, path, "a file that can be read"), unreadable);
    }
  }

  private static X509Certificate certificate(String path, Buffer pem) {
    try {
      var in = new ByteArrayInputStream(pem.getBytes());
      var chain = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (!chain.isEmpty() && chain.get(0) instanceof X509Certificate first) {
        return first;
      }
    } catch (GeneralSecurityException malformed) {
      throw new TlsException(line(CERTIFICATE_KEY, path, "certificates in PEM"), malformed);
    }
    throw new TlsException(line(CERTIFICATE_KEY, path, "certificates in PEM"));
  }

  /** Through the reader that the server will use, which knows all forms of PEM. */
  private static PrivateKey key(Vertx vertx, TlsOptions options, KeyPairFiles files) {
    try {
      var managers = files.pem().getKeyManagerFactory(vertx).getKeyManagers();
      if (managers[0] instanceof X509KeyManager manager) {
        String[] aliases = manager.getServerAliases(files.algorithm(), null);
        PrivateKey found =
            aliases == null || aliases.length == 0 ? null : manager.getPrivateKey(aliases[0]);
        if (found != null) {
          return found;
        }
      }
    } catch (Exception malformed) {
      throw new TlsException(
          line(PRIVATE_KEY, options.keyPemFile(), "a private key in PEM, not encrypted"),
          malformed);
    }
    throw new TlsException(line(PRIVATE_KEY, options.keyPemFile(), "a private key in PEM"));
  }

  /** What one signs the other can check. */
  private static boolean belong(PublicKey open, PrivateKey secret) {
    try {
      byte[] text = "carillon".getBytes(StandardCharsets.US_ASCII);
      Signature signature = Signature.getInstance(algorithm(secret));
      signature.initSign(secret);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException different) {
      return false;
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }

  private static String line(String option, String path, String expected) {
    return option + " = " + path + " (expected: " + expected + ")";
  }
}
