package dev.carillon.cluster;

import dev.carillon.cluster.tls.Credentials;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Somebody who is no node and sends to a port of one on this machine. */
record Stranger(int port) {

  private static final int LOOK_MILLIS = 1_000;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final char[] NO_PASSWORD = new char[0];

  /** What became of a connection: bytes that were taken, and 1 when the other side closed it. */
  record Outcome(long bytes, int closed) {}

  /** Makes connections. */
  interface Opening {
    Socket open() throws IOException;
  }

  /** A way to send. */
  record Way(Opening opening) {

    /** Sends once, and looks whether the connection is closed then. */
    Outcome send(byte[] bytes) throws IOException {
      try (var socket = opening.open()) {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        socket.setSoTimeout(LOOK_MILLIS);
        return new Outcome(bytes.length, isClosed(socket.getInputStream()) ? 1 : 0);
      }
    }

    /** Sends once, says nothing more, and waits until the other side closes. */
    boolean closes(byte[] bytes) throws IOException {
      try (var socket = opening.open()) {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        socket.setSoTimeout(PATIENCE_MILLIS);
        return isClosed(socket.getInputStream());
      }
    }

    /** Sends over and over on one connection until it is closed, or so much was sent. */
    Outcome sendUntilClosed(byte[] piece, long most) {
      long sent = 0;
      try (var socket = opening.open()) {
        try {
          while (sent < most) {
            socket.getOutputStream().write(piece);
            sent += piece.length;
          }
          return new Outcome(sent, 0);
        } catch (IOException closed) {
          return new Outcome(Math.max(sent, piece.length), 1);
        }
      } catch (IOException refused) {
        return new Outcome(Math.max(sent, piece.length), 1);
      }
    }

    private static boolean isClosed(InputStream in) {
      try {
        return in.read() < 0;
      } catch (SocketTimeoutException open) {
        return false;
      } catch (IOException reset) {
        return true;
      }
    }
  }

  Way plain() {
    return new Way(this::connect);
  }

  /** With TLS, whoever answers, and with this certificate when there is one. */
  Way encrypted(@Nullable Credentials credentials) {
    var context = context(credentials);
    return new Way(
        () -> {
          var plain = connect();
          var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "n1", port, true);
          socket.startHandshake();
          return socket;
        });
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    return socket;
  }

  private static SSLContext context(@Nullable Credentials credentials) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(credentials), new TrustManager[] {new Credulous()}, null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyManager @Nullable [] keys(@Nullable Credentials credentials)
      throws GeneralSecurityException, IOException {
    if (credentials == null) {
      return null;
    }
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    var chain = new Certificate[] {credentials.certificate()};
    store.setKeyEntry("own", credentials.key(), NO_PASSWORD, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    // A stranger sends what it has, also where it is told that nobody wants that.
    return Arrays.stream(factory.getKeyManagers())
        .map(manager -> new Insistent((X509KeyManager) manager))
        .toArray(KeyManager[]::new);
  }

  /** Used memory of this process, after a collection: heap, and what Netty has outside of it. */
  static long usedMemory() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() + PlatformDependent.usedDirectMemory();
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static final class Insistent extends X509ExtendedKeyManager {
    private final X509KeyManager keys;

    Insistent(X509KeyManager keys) {
      this.keys = keys;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return "own";
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain("own");
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey("own");
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }
  }
}
