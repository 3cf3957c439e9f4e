package dev.carillon.http;

import dev.carillon.gateway.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Clients of the JDK that trust the certificates of a test, and count how often they look. */
final class TestClient {

  /** Certificates that were looked at: a resumed session shows none. */
  final AtomicInteger handshakes = new AtomicInteger();

  final SSLContext context;

  TestClient(TestCertificate... trusted) {
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Counting(trust(List.of(trusted)))}, null);
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("no TLS (expected: in every JDK)", broken);
    }
  }

  private static X509TrustManager trust(List<TestCertificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (TestCertificate each : trusted) {
      try (InputStream in = Files.newInputStream(each.certificate())) {
        var parsed = CertificateFactory.getInstance("X.509").generateCertificate(in);
        store.setCertificateEntry(each.certificate().toString(), parsed);
      }
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  HttpClient http(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(context)
        .connectTimeout(Duration.ofSeconds(60))
        .build();
  }

  HttpResponse<String> get(String url, String... headers) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
  }

  HttpResponse<String> head(String url) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String url, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body)),
        headers);
  }

  HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http(HttpClient.Version.HTTP_2)
          .send(
              request.timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException("no answer (expected: one)", failed);
    }
  }

  private final class Counting implements X509TrustManager {
    private final X509TrustManager judge;

    Counting(X509TrustManager judge) {
      this.judge = judge;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws java.security.cert.CertificateException {
      handshakes.incrementAndGet();
      judge.checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return judge.getAcceptedIssuers();
    }
  }
}
