package dev.carillon.acceptance.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

/**
 * A package of the npm registry, pinned by the hash of its tarball.
 *
 * @param sha512 base64, as in the registry's {@code dist.integrity} without its prefix
 */
record NpmPackage(String name, String version, String sha512) {

  static final NpmPackage CENTRIFUGE =
      new NpmPackage(
          "centrifuge",
          "5.8.0",
          "ENH1jz6VeRuGb3yHNhgB0V0SqRKX+iYdtM9Du/E59m484epjNPfsgJw4UbmO"
              + "mjgSXGEita1UoOXlZ6Ba1ooT1g==");

  /** Last version whose Chromium needs no library of the system but the C library. */
  static final NpmPackage CHROMIUM =
      new NpmPackage(
          "@sparticuz/chromium",
          "147.0.0",
          "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC"
              + "/p5sQUJUQmN4r+q5+EhaaOUHpQ==");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  /** For the whole of 70 MB over a slow line. */
  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(10);

  /** Name and version, fit to be the name of a file. */
  String fileName() {
    return name.replace("@", "").replace('/', '-') + "-" + version;
  }

  URI address() {
    String file = name.substring(name.lastIndexOf('/') + 1) + "-" + version + ".tgz";
    return URI.create("https://registry.npmjs.org/" + name + "/-/" + file);
  }

  /** The tarball, its hash checked each time, fetched when the cache lacks it or has it broken. */
  Path tarball() throws IOException {
    Path cached = Cache.root().resolve("npm").resolve(fileName() + ".tgz");
    return Files.exists(cached) && sha512.equals(hash(cached))
        ? cached
        : Cache.replace(cached, this::download);
  }

  /** The files of the package, unpacked once. */
  Path folder() throws IOException {
    Path tarball = tarball();
    return Cache.entry("npm/" + fileName(), folder -> Tarball.unpackGzip(tarball, folder))
        .resolve("package");
  }

  private void download(Path target) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address()).timeout(DOWNLOAD_TIMEOUT).build();
    try {
      HttpResponse<Path> response = client.send(request, HttpResponse.BodyHandlers.ofFile(target));
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode() + " (expected: 200)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String found = hash(target);
    if (!sha512.equals(found)) {
      throw new IOException("sha512 " + found + " (expected: " + sha512 + ")");
    }
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
