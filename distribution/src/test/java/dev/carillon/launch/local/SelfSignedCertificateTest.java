package dev.carillon.launch.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedCertificateTest {
  @TempDir private Path directory;

  private static X509Certificate read(SelfSignedCertificate files) throws Exception {
    try (var in = Files.newInputStream(files.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void itIsEcdsaOnP256ForThisMachine() throws Exception {
    var certificate = read(SelfSignedCertificate.in(StateDirectory.open(directory), Instant.now()));
    var key = (ECPublicKey) certificate.getPublicKey();
    assertEquals(256, key.getParams().getCurve().getField().getFieldSize());
    assertEquals("SHA256withECDSA", certificate.getSigAlgName());
    certificate.verify(key);
    var names =
        certificate.getSubjectAlternativeNames().stream()
            .map(name -> String.valueOf(name.get(1)))
            .collect(Collectors.toSet());
    assertTrue(names.contains("localhost"), names::toString);
    assertTrue(names.contains("127.0.0.1"), names::toString);
    assertTrue(names.contains("0:0:0:0:0:0:0:1"), names::toString);
    assertTrue(names.contains(HostName.get()), names::toString);
  }

  @Test
  void keyAndCertificateBelongTogether() throws Exception {
    var files = SelfSignedCertificate.in(StateDirectory.open(directory), Instant.now());
    var pem = Files.readString(files.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
    var key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key);
    signer.update((byte) 1);
    var signature = signer.sign();
    signer.initVerify(read(files));
    signer.update((byte) 1);
    assertTrue(signer.verify(signature));
  }

  @Test
  void itIsKeptUntilItsLastMonth() throws Exception {
    var state = StateDirectory.open(directory);
    var now = Instant.now();
    var first = read(SelfSignedCertificate.in(state, now));
    assertEquals(first, read(SelfSignedCertificate.in(state, now.plus(Duration.ofDays(300)))));
    assertNotEquals(first, read(SelfSignedCertificate.in(state, now.plus(Duration.ofDays(340)))));
  }
}
