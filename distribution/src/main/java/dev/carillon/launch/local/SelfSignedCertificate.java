package dev.carillon.launch.local;

import dev.carillon.cluster.tls.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for trying TLS on one machine: ECDSA P-256, valid for a year, for localhost, its
 * addresses and the host name. It is renewed at a start in its last month.
 *
 * @param certificate PEM file
 * @param key PEM file, PKCS#8
 */
public record SelfSignedCertificate(Path certificate, Path key) {
  private static final String DIRECTORY = "tls";

  /** Name of the file with the certificate. */
  public static final String CERTIFICATE = "certificate.pem";

  private static final String KEY = "key.pem";
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final Duration RENEWAL = Duration.ofDays(30);
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The certificate in the state directory, made when there is none that lasts. */
  public static SelfSignedCertificate in(StateDirectory state, Instant now) {
    if (expires(state.path().resolve(DIRECTORY).resolve(CERTIFICATE), now.plus(RENEWAL))) {
      state.discard(DIRECTORY);
    }
    var directory = state.directoryOrCreate(DIRECTORY, () -> create(now));
    return new SelfSignedCertificate(directory.resolve(CERTIFICATE), directory.resolve(KEY));
  }

  private static boolean expires(Path file, Instant time) {
    if (!Files.exists(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      var parsed = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return ((X509Certificate) parsed).getNotAfter().toInstant().isBefore(time);
    } catch (IOException | GeneralSecurityException unreadable) {
      return true;
    }
  }

  private static Map<String, String> create(Instant now) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      return Map.of(
          KEY, Pem.privateKey(pair.getPrivate().getEncoded()),
          CERTIFICATE, Pem.certificate(certificate(pair, now)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException failed) {
      throw new LaunchException("self-signed certificate (expected: ECDSA P-256)", failed);
    }
  }

  private static byte[] certificate(KeyPair pair, Instant now)
      throws OperatorCreationException, IOException {
    var name = new X500Name("CN=carillon self-signed");
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(127, RANDOM).setBit(126),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(VALIDITY)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, names());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    return builder.build(signer).getEncoded();
  }

  private static GeneralNames names() {
    var names = new LinkedHashSet<GeneralName>();
    names.add(new GeneralName(GeneralName.dNSName, "localhost"));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    var host = HostName.get();
    if (HOST.matcher(host).matches()) {
      names.add(new GeneralName(GeneralName.dNSName, host));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }
}
