package dev.carillon.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.carillon.channel.Bytes;
import dev.carillon.text.JsonText;
import dev.carillon.text.Utf8;
import java.io.IOException;
import java.util.Arrays;

/**
 * Typed reading of one JSON text; a value of another type than asked for is malformed. The bytes
 * must have passed {@link #checkText} before.
 */
public final class JsonReader implements AutoCloseable {

  /** Names are not interned: strangers choose them. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(JsonText.MAX_DEPTH).build())
          .build();

  private final JsonParser parser;
  private final byte[] source;
  private final int start;

  /** Reads {@code length} bytes from {@code start}, which are not changed as long as it reads. */
  public JsonReader(byte[] source, int start, int length) throws IOException {
    this.parser = FACTORY.createParser(source, start, length);
    this.source = source;
    this.start = start;
  }

  /**
   * Makes sure of what the parser takes for granted: the whole text is UTF-8, also where values are
   * skipped, and contains no zero byte, which would make the parser guess UTF-16.
   *
   * @throws IOException otherwise
   */
  public static void checkText(byte[] text) throws IOException {
    for (byte b : text) {
      if (b == 0) {
        throw new JsonException("zero byte");
      }
    }
    if (!Utf8.isValid(text)) {
      throw new JsonException("other bytes (expected: UTF-8)");
    }
  }

  /** Enters the one object that the text must be. */
  public void begin() throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT, "an object");
  }

  /** Makes sure that nothing follows. */
  public void end() throws IOException {
    require(parser.nextToken() == null, "one value and nothing after it");
  }

  /** Enters the object that is the value of the current field. */
  public void beginObject() throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "an object");
  }

  /** Moves to the value of the next field of the current object; false at its end. */
  public boolean nextField() throws IOException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return false;
    }
    parser.nextToken();
    return true;
  }

  /** Enters the array that is the value of the current field. */
  public void beginArray() throws IOException {
    require(parser.currentToken() == JsonToken.START_ARRAY, "an array");
  }

  /** Moves to the next element of the current array; false at its end. */
  public boolean nextElement() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  /** Of the current field. */
  public String name() throws IOException {
    return parser.currentName();
  }

  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Passes over the current value. */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  public String text() throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_STRING, "text");
    return parser.getText();
  }

  /** Text, or a whole number as it is written. */
  public String textOrNumber() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getText() : text();
  }

  /** A whole number between the two. */
  public long number(long min, long max) throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number");
    require(parser.getNumberType() != NumberType.BIG_INTEGER, "a number in range");
    long value = parser.getLongValue();
    require(value >= min && value <= max, "a number in range");
    return value;
  }

  /** Seconds since 1970, whose fraction is cut off (RFC 7519, section 2, NumericDate). */
  public long seconds() throws IOException {
    JsonToken token = parser.currentToken();
    require(token != null && token.isNumeric(), "seconds since 1970");
    return (long) parser.getDoubleValue();
  }

  public boolean flag() throws IOException {
    JsonToken token = parser.currentToken();
    require(token != null && token.isBoolean(), "true or false");
    return token == JsonToken.VALUE_TRUE;
  }

  /** A copy of the bytes of the current value as they stand in the text. */
  public Bytes raw() throws IOException {
    int from = start + (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = start + (int) parser.currentLocation().getByteOffset();
    return Bytes.of(Arrays.copyOfRange(source, from, to), true);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private static void require(boolean fulfilled, String expected) throws JsonException {
    if (!fulfilled) {
      throw new JsonException("other JSON (expected: " + expected + ")");
    }
  }
}
