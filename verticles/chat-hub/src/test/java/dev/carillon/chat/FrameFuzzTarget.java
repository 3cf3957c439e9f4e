package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes of a WebSocket client. What is heard of them does not depend on the pieces in which they
 * arrive, and stays within the limits.
 */
public final class FrameFuzzTarget {

  private static final int SIZE_LIMIT = 300;
  private static final int FRAGMENT_LIMIT = 4;

  private FrameFuzzTarget() {}

  /** The first byte says how large the pieces are. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    List<String> whole = heard(bytes, Math.max(1, bytes.length));
    List<String> single = heard(bytes, 1);
    List<String> pieces = heard(bytes, 1 + (input[0] & 0xFF));
    if (!whole.equals(single) || !whole.equals(pieces)) {
      throw new AssertionError(whole + ", byte by byte " + single + ", in pieces " + pieces);
    }
  }

  private static List<String> heard(byte[] bytes, int piece) {
    var assembler = new FrameAssembler(SIZE_LIMIT, FRAGMENT_LIMIT);
    var heard = new Heard();
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        int end = Math.min(bytes.length, at + piece);
        assembler.feed(Unpooled.wrappedBuffer(bytes, at, end - at), heard);
      }
    } catch (FrameViolation violation) {
      heard.events.add(violation.code() + " " + violation.getMessage());
    }
    return heard.events;
  }

  private static final class Heard implements FrameListener {
    final List<String> events = new ArrayList<>();
    private boolean closed;

    @Override
    public void onMessage(Bytes message, boolean text) {
      if (message.length() > SIZE_LIMIT) {
        throw new AssertionError(message.length() + " bytes (expected: " + SIZE_LIMIT + ")");
      }
      if (text && !dev.carillon.text.Utf8.isValid(message.array())) {
        throw new AssertionError("text that is not UTF-8");
      }
      heard((text ? "text " : "binary ") + Arrays.toString(message.array()));
    }

    @Override
    public void onPing(Bytes payload) {
      if (payload.length() > 125) {
        throw new AssertionError("a ping of " + payload.length() + " bytes (expected: 125)");
      }
      heard("ping " + Arrays.toString(payload.array()));
    }

    @Override
    public void onPong() {
      heard("pong");
    }

    @Override
    public void onClose(int code) {
      heard("close " + code);
      closed = true;
    }

    private void heard(String event) {
      if (closed) {
        throw new AssertionError(event + " after a close");
      }
      events.add(event);
    }
  }
}
