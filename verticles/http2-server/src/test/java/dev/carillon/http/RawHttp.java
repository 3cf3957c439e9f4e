package dev.carillon.http;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A socket that sends exactly the bytes it is told, and waits at most ten seconds. */
final class RawHttp implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;

  RawHttp(int port) throws IOException {
    this(new Socket("127.0.0.1", port));
  }

  RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawHttp get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  DataInputStream in() {
    return in;
  }

  /** The next response up to its empty line. */
  String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  String status() throws IOException {
    return head().lines().findFirst().orElse("");
  }

  /** Everything up to the end of the connection, of which a reset is one. */
  String rest() throws IOException {
    var rest = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        rest.append((char) b);
      }
    } catch (SocketException reset) {
      rest.append("(reset)");
    }
    return rest.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
