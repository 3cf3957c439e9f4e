package dev.carillon.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed ECDSA P-256 certificate for localhost, made by the keytool of the JDK that runs the
 * tests, as two PEM files.
 *
 * @param certificate path of the certificate
 * @param key path of its private key, PKCS#8
 */
public record TestCertificate(Path certificate, Path key) {

  private static final String PASSWORD = "changeit";

  /** Makes one in this folder, with files named after its common name, unless it is there. */
  public static TestCertificate create(Path folder, String commonName) {
    try {
      Path store = folder.resolve(commonName + ".p12");
      if (!Files.exists(store)) {
        keytool(store, commonName);
      }
      return export(store, folder, commonName);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (GeneralSecurityException | InterruptedException broken) {
      throw new IllegalStateException("no certificate (expected: keytool makes one)", broken);
    }
  }

  private static void keytool(Path store, String commonName)
      throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + commonName,
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(said + " (expected: exit code 0)");
    }
  }

  private static TestCertificate export(Path store, Path folder, String name)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Path certificate = folder.resolve(name + ".crt.pem");
    Path key = folder.resolve(name + ".key.pem");
    write(certificate, "CERTIFICATE", keys.getCertificate("test").getEncoded());
    write(key, "PRIVATE KEY", keys.getKey("test", PASSWORD.toCharArray()).getEncoded());
    return new TestCertificate(certificate, key);
  }

  private static void write(Path file, String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
