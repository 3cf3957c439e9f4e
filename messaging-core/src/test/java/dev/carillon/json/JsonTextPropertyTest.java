package dev.carillon.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.carillon.text.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Our check agrees with another reader of JSON, whatever it is given. */
class JsonTextPropertyTest {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Pieces of which some sequences are JSON and most are not quite. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "\\\"",
          "\\u00e9",
          "\\u12",
          "a",
          "e",
          "E",
          "1",
          "0",
          "-",
          "+",
          ".",
          "true",
          "false",
          "null",
          " ",
          "\n",
          "\t",
          "\u0001",
          "é",
          "😀",
          "\"a\"",
          "\"a\":",
          "{\"a\":1}",
          "[1]",
          "1.5e3");

  @Property(tries = 20_000)
  void piecesOfJson(@ForAll("pieces") String text) {
    compare(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 5_000)
  void changedValues(@ForAll("values") String value, @ForAll int where, @ForAll byte what) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    compare(text);
    text[Math.floorMod(where, text.length)] = what;
    compare(text);
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES).list().ofMaxSize(8).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> leaf =
        Arbitraries.of("0", "-1.5e+3", "true", "null", "\"\"", "\"é\\n\\u00e9😀\"", "{}", "[]");
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.map(value -> "[" + value + ", 1]"),
                inner.map(value -> "{\"a\" : " + value + ",\"b\":[]}")),
        0,
        5);
  }

  private static void compare(byte[] text) {
    assertEquals(otherwise(text), JsonText.isOneValue(text), () -> shown(text));
  }

  private static String shown(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** By the JDK and Jackson. */
  private static boolean otherwise(byte[] text) {
    try (var parser = FACTORY.createParser(strictly(text))) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  private static String strictly(byte[] text) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
  }
}
