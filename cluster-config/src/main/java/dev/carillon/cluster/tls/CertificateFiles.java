package dev.carillon.cluster.tls;

import dev.carillon.cluster.StartException;
import dev.carillon.cluster.StartException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the three files of {@code cluster.tls} and checks everything that another node will check,
 * so that a node whose certificate can't be used never joins. Blocks.
 */
public final class CertificateFiles {

  private static final String CA = "cluster.tls.ca_file";
  private static final String CERTIFICATE = "cluster.tls.cert_file";
  private static final String KEY = "cluster.tls.key_file";

  /** What a node needs at both ends of a connection (RFC 5280, 4.2.1.12). */
  private static final Set<String> BOTH_ENDS = Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");

  private final ClusterTls options;
  private final Instant now;

  private CertificateFiles(ClusterTls options, Instant now) {
    this.options = options;
    this.now = now;
  }

  /**
   * Reads and checks.
   *
   * @param bind {@code cluster.bind}, for the message
   * @throws StartException with one line when something is missing or does not fit
   */
  public static NodeCertificate read(ClusterTls options, String bind, Instant now) {
    var reason = reason(options, bind);
    checkSet(CA, options.caFile(), reason);
    checkSet(CERTIFICATE, options.certFile(), reason);
    checkSet(KEY, options.keyFile(), reason);
    return new CertificateFiles(options, now).read();
  }

  private static String reason(ClusterTls options, String bind) {
    if (options.enabled() == TlsChoice.TRUE) {
      return "cluster.tls.enabled = true";
    }
    return options.hasFile() ? "other files of cluster.tls are set" : "cluster.bind = " + bind;
  }

  private static void checkSet(String key, String file, String reason) {
    if (file.isEmpty()) {
      throw new StartException(
          Reason.CERTIFICATE,
          key,
          key
              + " is not set (expected: a file, because "
              + reason
              + "): make certificates with ./carillon certs, or set cluster.tls.enabled: false");
    }
  }

  private NodeCertificate read() {
    var authorities = certificates(CA, options.caFile());
    if (authorities.stream().anyMatch(authority -> authority.getBasicConstraints() < 0)) {
      throw refusal(CA, options.caFile(), "certificates of authorities");
    }
    var chain = certificates(CERTIFICATE, options.certFile());
    var key = key();
    var own = chain.get(0);
    if (!new Credentials(own, key).belongTogether()) {
      throw refusal(KEY, options.keyFile(), "the key of " + options.certFile());
    }
    checkTime(own);
    checkUsage(own);
    return new NodeCertificate(authorities, chain, key, issuer(authorities, chain));
  }

  private void checkTime(X509Certificate own) {
    var begin = own.getNotBefore().toInstant();
    var end = own.getNotAfter().toInstant();
    if (now.isBefore(begin) || now.isAfter(end)) {
      throw refusal(
          CERTIFICATE,
          options.certFile(),
          "a certificate that is valid now, "
              + now
              + "; this one is from "
              + begin
              + " until "
              + end);
    }
  }

  private void checkUsage(X509Certificate own) {
    try {
      var usage = own.getExtendedKeyUsage();
      if (usage != null && !usage.containsAll(BOTH_ENDS)) {
        throw refusal(
            CERTIFICATE, options.certFile(), "a certificate for clientAuth and serverAuth");
      }
    } catch (GeneralSecurityException malformed) {
      throw refusal(CERTIFICATE, options.certFile(), "a certificate with readable usages");
    }
  }

  /** The authority that the chain leads to. */
  private X509Certificate issuer(List<X509Certificate> authorities, List<X509Certificate> chain) {
    try {
      var anchors =
          authorities.stream()
              .map(authority -> new TrustAnchor(authority, null))
              .collect(Collectors.toSet());
      var parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
      var validated = CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return ((PKIXCertPathValidatorResult) validated).getTrustAnchor().getTrustedCert();
    } catch (CertPathValidatorException invalid) {
      throw invalid.getReason() == BasicReason.EXPIRED
          ? refusal(CERTIFICATE, options.certFile(), "a chain in which nothing has expired")
          : refusal(
              CERTIFICATE,
              options.certFile(),
              "a certificate that the authority of " + options.caFile() + " has signed");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("PKIX (expected: in every JDK)", impossible);
    }
  }

  private static List<X509Certificate> certificates(String key, String file) {
    try {
      var found = Pem.certificates(text(key, file));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException malformed) {
      throw refusal(key, file, "certificates in PEM");
    }
    throw refusal(key, file, "certificates in PEM");
  }

  private PrivateKey key() {
    try {
      var found = Pem.privateKey(text(KEY, options.keyFile()));
      if (found != null) {
        return found;
      }
    } catch (IOException malformed) {
      throw refusal(KEY, options.keyFile(), "a private key in PEM, not encrypted");
    }
    throw refusal(KEY, options.keyFile(), "a private key in PEM, not encrypted");
  }

  private static String text(String key, String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw refusal(key, file, "a file that exists");
    } catch (IOException unreadable) {
      throw refusal(key, file, "a file that can be read");
    }
  }

  private static StartException refusal(String key, String file, String expected) {
    return new StartException(
        Reason.CERTIFICATE, key, key + " = " + file + " (expected: " + expected + ")");
  }
}
