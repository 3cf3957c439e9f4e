package dev.carillon.acceptance;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A WebSocket peer that does only what it is told to, right or wrong (RFC 6455 section 5). Client
 * frames are masked with zeros, which is allowed and leaves the bytes readable.
 */
final class RawWebSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;

  /** RFC 6455 section 7.1.5: no close frame came. */
  static final int NO_CLOSE_FRAME = 1006;

  /** One frame from the server. */
  record Frame(int opcode, byte[] payload) {

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** Code of a close frame. */
    int closeCode() {
      return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final int status;

  /** Connects and asks for the upgrade; {@link #status} tells how that went. */
  RawWebSocket(NodeProcess node) throws IOException {
    this(node, Socket::new, "");
  }

  /** Connects as a page of this origin. */
  RawWebSocket(NodeProcess node, String origin) throws IOException {
    this(node, Socket::new, "Origin: " + origin + "\n");
  }

  /** Connects with a socket that was prepared. */
  RawWebSocket(NodeProcess node, SocketMaker maker) throws IOException {
    this(node, maker, "");
  }

  /** Makes the socket before it is connected. */
  @FunctionalInterface
  interface SocketMaker {
    Socket make() throws IOException;
  }

  private RawWebSocket(NodeProcess node, SocketMaker maker, String headers) throws IOException {
    socket = maker.make();
    socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port("http")));
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    String request =
        """
        GET /connection/websocket HTTP/1.1
        Host: localhost:%d
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        %s
        """;
    out.write(request.formatted(node.port("http"), headers).replace("\n", "\r\n").getBytes());
    String head = readHead();
    status = head.isEmpty() ? 0 : Integer.parseInt(head.split(" ")[1]);
  }

  /** Status of the HTTP response: 101 when the connection is a WebSocket now. */
  int status() {
    return status;
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  /** Sends one command of the protocol. */
  RawWebSocket say(JsonObject command) throws IOException {
    return send(TEXT, true, command.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one frame with exactly this content. */
  RawWebSocket send(int opcode, boolean last, byte[] payload) throws IOException {
    out.write(header((last ? FIN : 0) | opcode, payload.length));
    out.write(payload);
    return this;
  }

  private static byte[] header(int first, int length) {
    if (length < 126) {
      return new byte[] {(byte) first, (byte) (MASKED | length), 0, 0, 0, 0};
    }
    if (length < 1 << 16) {
      return new byte[] {
        (byte) first, (byte) (MASKED | 126), (byte) (length >> 8), (byte) length, 0, 0, 0, 0
      };
    }
    byte[] header = new byte[14];
    header[0] = (byte) first;
    header[1] = (byte) (MASKED | 127);
    for (int i = 0; i < 4; i++) {
      header[6 + i] = (byte) (length >> (24 - 8 * i));
    }
    return header;
  }

  /** The next frame from the server. */
  Frame read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new Frame(opcode, in.readNBytes(Math.toIntExact(length)));
  }

  /** The next frame that is a reply to the command of this id, as JSON. */
  JsonObject reply(int id) throws IOException {
    for (; ; ) {
      for (String line : read().text().split("\n")) {
        JsonObject message = new JsonObject(line);
        if (message.getInteger("id", 0) == id) {
          return message;
        }
      }
    }
  }

  /** Reads to the end and tells the code of the close frame, 1006 when the socket just closed. */
  int readCloseCode() throws IOException {
    try {
      for (; ; ) {
        Frame frame = read();
        if (frame.opcode() == CLOSE) {
          return frame.closeCode();
        }
      }
    } catch (EOFException | SocketException closed) {
      return NO_CLOSE_FRAME;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
