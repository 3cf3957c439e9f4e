package dev.carillon.tcpecho;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Turns received bytes into {@code echo: <line>} answers. A line ends with LF; a CR before it
 * belongs to the end and comes back with it. Bytes that are not UTF-8 come back as they are.
 *
 * <p>Holds at most {@code maxLineBytes} and a CR of an incomplete line. Confined to one event loop.
 */
final class LineEcho {

  private static final byte[] PREFIX = "echo: ".getBytes(StandardCharsets.US_ASCII);

  private final int maxLineBytes;
  private Buffer rest = Buffer.buffer();

  /**
   * What there is to say.
   *
   * @param bytes answers to all lines that are complete, possibly empty
   * @param lines their number
   * @param tooLong whether a line over the limit followed them; nothing after it is answered
   */
  record Answer(Buffer bytes, int lines, boolean tooLong) {}

  LineEcho(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  Answer answer(Buffer received) {
    Buffer input = rest.length() == 0 ? received : rest.appendBuffer(received);
    Buffer answers = Buffer.buffer(received.length() + PREFIX.length);
    int lines = 0;
    int from = 0;
    // What was kept has no line end, so the search goes on where it stopped.
    int search = input.length() - received.length();
    for (int at = search; at < input.length(); at++) {
      if (input.getByte(at) != '\n') {
        continue;
      }
      if (isTooLong(input, from, at)) {
        return new Answer(answers, lines, true);
      }
      answers.appendBytes(PREFIX).appendBuffer(input, from, at + 1 - from);
      lines++;
      from = at + 1;
    }
    boolean tooLong = isTooLong(input, from, input.length());
    rest = input.getBuffer(from, input.length());
    return new Answer(answers, lines, tooLong);
  }

  private boolean isTooLong(Buffer input, int from, int to) {
    int length = to - from;
    boolean endsWithCr = length > 0 && input.getByte(to - 1) == '\r';
    return (endsWithCr ? length - 1 : length) > maxLineBytes;
  }
}
