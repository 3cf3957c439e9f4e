package dev.carillon.tcpecho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineEchoTest {

  private final LineEcho echo = new LineEcho(8);

  @Test
  void everyCompleteLineIsAnswered() {
    assertEquals("echo: a\necho: bc\n", answer("a\nbc\nd"));
    assertEquals("echo: de\n", answer("e\n"));
    assertEquals("echo: \n", answer("\n"));
  }

  @Test
  void aLineEndWithCarriageReturnComesBackAsItWas() {
    assertEquals("echo: hi\r\n", answer("hi\r\n"));
    assertEquals("", answer("hi\r"));
    assertEquals("echo: hi\r\n", answer("\n"));
  }

  @Test
  void aLineOfExactlyTheLimitIsAnswered() {
    assertEquals("echo: 12345678\n", answer("12345678\n"));
    assertEquals("echo: 12345678\r\n", answer("12345678\r\n"));
  }

  @Test
  void oneByteMoreIsTooLongWithAndWithoutItsEnd() {
    assertTrue(new LineEcho(8).answer(Buffer.buffer("123456789")).tooLong());
    assertTrue(new LineEcho(8).answer(Buffer.buffer("123456789\n")).tooLong());
    assertTrue(new LineEcho(8).answer(Buffer.buffer("12345678\rx")).tooLong());
  }

  @Test
  void linesBeforeTheLongOneAreAnsweredAndNothingAfterIt() {
    LineEcho.Answer answer = echo.answer(Buffer.buffer("a\n123456789\nb\n"));
    assertEquals("echo: a\n", answer.bytes().toString());
    assertEquals(1, answer.lines());
    assertTrue(answer.tooLong());
  }

  @Test
  void bytesThatAreNotTextComeBackUnchanged() {
    Buffer bytes = Buffer.buffer(new byte[] {(byte) 0xff, 0, (byte) 0xc3, '\n'});
    assertEquals(Buffer.buffer("echo: ").appendBuffer(bytes), echo.answer(bytes).bytes());
  }

  @Test
  void theAnswersDoNotDependOnHowTheBytesAreCut() {
    Random random = new Random(3);
    Buffer all = Buffer.buffer();
    for (int i = 0; i < 2_000; i++) {
      all.appendString("abcdefgh".substring(random.nextInt(8)) + (i % 3 == 0 ? "\r\n" : "\n"));
    }
    Buffer whole = new LineEcho(8).answer(all.copy()).bytes();
    Buffer pieces = Buffer.buffer();
    int at = 0;
    while (at < all.length()) {
      int end = Math.min(all.length(), at + 1 + random.nextInt(20));
      LineEcho.Answer answer = echo.answer(all.getBuffer(at, end));
      assertFalse(answer.tooLong());
      pieces.appendBuffer(answer.bytes());
      at = end;
    }
    assertEquals(whole, pieces);
  }

  private String answer(String received) {
    LineEcho.Answer answer = echo.answer(Buffer.buffer(received));
    assertFalse(answer.tooLong());
    return answer.bytes().toString();
  }
}
