package dev.carillon.cluster.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The private authority of one cluster: who has a certificate of it is a node. Its certificates are
 * ECDSA on P-256, and good for both ends of a connection.
 *
 * @param credentials its own certificate and key
 */
public record CertificateAuthority(Credentials credentials) {

  /** Certificates are valid a little before they are made, because clocks differ. */
  private static final Duration SKEW = Duration.ofHours(1);

  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+");

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A time from which and one until which a certificate is valid.
   *
   * @param from when it is made
   */
  public record Validity(Instant from, Duration length) {

    Date begin() {
      return Date.from(from.minus(SKEW));
    }

    Date end() {
      return Date.from(from.plus(length));
    }
  }

  /** Makes a new authority. No two have the same name, so that they are never taken for another. */
  public static CertificateAuthority create(Validity validity) {
    try {
      var pair = keys();
      var name = name("carillon cluster " + new BigInteger(32, RANDOM).toString(36));
      var builder = builder(name, name, pair, validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      return new CertificateAuthority(signed(builder, pair.getPrivate(), "SHA256withECDSA", pair));
    } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
      throw new IllegalStateException("certificate (expected: ECDSA on P-256)", impossible);
    }
  }

  /**
   * One that was made before.
   *
   * @param certificate PEM
   * @param key PEM
   * @throws IllegalArgumentException that says what is expected, when it is none
   */
  public static CertificateAuthority of(String certificate, String key) {
    try {
      var certificates = Pem.certificates(certificate);
      var secret = Pem.privateKey(key);
      if (certificates.size() != 1 || certificates.get(0).getBasicConstraints() < 0) {
        throw new IllegalArgumentException("one certificate in PEM, of an authority");
      }
      if (secret == null) {
        throw new IllegalArgumentException("a private key in PEM, not encrypted");
      }
      var credentials = new Credentials(certificates.get(0), secret);
      if (!credentials.belongTogether()) {
        throw new IllegalArgumentException("certificate and key that belong together");
      }
      return new CertificateAuthority(credentials);
    } catch (IOException malformed) {
      throw new IllegalArgumentException("certificate and key in PEM", malformed);
    }
  }

  /** Until when its certificates can be valid. */
  public Instant end() {
    return authority().getNotAfter().toInstant();
  }

  /**
   * Makes a key and a certificate for a node.
   *
   * @param node the common name
   * @param names host names and IP addresses
   */
  public Credentials issue(String node, List<String> names, Validity validity) {
    try {
      var pair = keys();
      var issuer = X500Name.getInstance(authority().getSubjectX500Principal().getEncoded());
      var builder = builder(issuer, name(node), pair, validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              names.stream().map(CertificateAuthority::general).toArray(GeneralName[]::new)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority().getPublicKey()));
      return signed(builder, credentials.key(), credentials.algorithm(), pair);
    } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
      throw new IllegalStateException("certificate of " + node, impossible);
    }
  }

  private X509Certificate authority() {
    return credentials.certificate();
  }

  private static KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X500Name name(String common) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
  }

  private static GeneralName general(String name) {
    boolean address = IP_ADDRESS.matcher(name).matches();
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair pair, Validity validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM).setBit(126),
        validity.begin(),
        validity.end(),
        subject,
        pair.getPublic());
  }

  private static Credentials signed(
      X509v3CertificateBuilder builder, PrivateKey by, String algorithm, KeyPair pair)
      throws OperatorCreationException, GeneralSecurityException {
    var signer = new JcaContentSignerBuilder(algorithm).build(by);
    var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    return new Credentials(certificate, pair.getPrivate());
  }
}
