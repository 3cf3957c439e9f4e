package dev.carillon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that sends exactly the bytes it is told, and blocks for at most ten seconds. */
final class RawClient implements AutoCloseable {

  /** A frame of the server: its first byte and payload. */
  record Frame(int firstByte, byte[] payload) {

    String text() {
      assertEquals(0x81, firstByte, "a whole text frame");
      return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
      assertEquals(0x88, firstByte, "a close frame");
      return payload.length == 0 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
    }

    String closeReason() {
      return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket plain;
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  RawClient(int port, Wire wire) {
    this(port, wire, 0);
  }

  /**
   * @param receiveBuffer bytes the kernel keeps for a client that does not read; 0: its default
   */
  RawClient(int port, Wire wire, int receiveBuffer) {
    this(new InetSocketAddress("127.0.0.1", port), wire, receiveBuffer);
  }

  RawClient(InetSocketAddress server, Wire wire, int receiveBuffer) {
    try {
      plain = new Socket();
      if (receiveBuffer > 0) {
        plain.setReceiveBufferSize(receiveBuffer);
      }
      plain.connect(server, TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      plain.setTcpNoDelay(true);
      socket = wire.isTls() ? tls(plain, server.getPort()) : plain;
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException("not connected (expected: a server)", failed);
    }
  }

  private static Socket tls(Socket plain, int port) throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
    var parameters = socket.getSSLParameters();
    // As browsers do for a WebSocket.
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** An upgrade request; extra headers end with a line break each. */
  static String upgrade(String path, String extraHeaders) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + extraHeaders
        + "\r\n";
  }

  /** Sends an upgrade request and reads the 101. */
  RawClient open(String path) throws IOException {
    send(upgrade(path, ""));
    assertEquals("HTTP/1.1 101 Switching Protocols", head().lines().findFirst().orElse(""));
    return this;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawClient send(byte[]... parts) throws IOException {
    out.write(ClientFrames.concat(parts));
    out.flush();
    return this;
  }

  /** Sends bytes below TLS. */
  void sendBelow(byte[] bytes) throws IOException {
    plain.getOutputStream().write(bytes);
  }

  /** Closes so that the peer sees a reset. */
  void reset() throws IOException {
    plain.setSoLinger(true, 0);
    plain.close();
  }

  /** The next response up to its empty line. */
  String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  String body(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  Frame frame() throws IOException {
    int firstByte = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    assertEquals(0, second & 0x80, "a server does not mask");
    long length = second < 126 ? second : second == 126 ? in.readUnsignedShort() : in.readLong();
    return new Frame(firstByte, in.readNBytes((int) length));
  }

  /** Whether the server closed without another byte. */
  boolean isEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Trusts whatever certificate the test has made. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
