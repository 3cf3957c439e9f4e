package dev.carillon.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.carillon.channel.Bytes;
import java.io.IOException;
import java.util.Arrays;

/** Typed reading of one JSON document; a value of another type than asked for is malformed. */
final class JsonValues {

  private final JsonParser parser;
  private final byte[] source;
  private final int start;

  /**
   * @param parser on a part of {@code source} that begins at {@code start}
   */
  JsonValues(JsonParser parser, byte[] source, int start) {
    this.parser = parser;
    this.source = source;
    this.start = start;
  }

  /** Enters the one object that the document must be. */
  void beginDocument() throws IOException, ProtocolException {
    require(parser.nextToken() == JsonToken.START_OBJECT, "an object");
  }

  void endDocument() throws IOException, ProtocolException {
    require(parser.nextToken() == null, "one object and nothing after it");
  }

  /** Enters the object that is the value of the current field. */
  void beginObject() throws ProtocolException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "an object");
  }

  /** Moves to the value of the next field of the current object; false at its end. */
  boolean nextField() throws IOException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return false;
    }
    parser.nextToken();
    return true;
  }

  String name() throws IOException {
    return parser.currentName();
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  String text() throws IOException, ProtocolException {
    require(parser.currentToken() == JsonToken.VALUE_STRING, "text");
    return parser.getText();
  }

  long number(long min, long max) throws IOException, ProtocolException {
    require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number");
    long value = parser.getLongValue();
    require(value >= min && value <= max, "a number in range");
    return value;
  }

  boolean flag() throws ProtocolException {
    JsonToken token = parser.currentToken();
    require(token != null && token.isBoolean(), "true or false");
    return token == JsonToken.VALUE_TRUE;
  }

  /** The bytes of the current value as they stand in the document. */
  Bytes raw() throws IOException {
    int from = start + (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = start + (int) parser.currentLocation().getByteOffset();
    return Bytes.of(Arrays.copyOfRange(source, from, to));
  }

  private static void require(boolean fulfilled, String expected) throws ProtocolException {
    if (!fulfilled) {
      throw new ProtocolException(
          Disconnect.BAD_REQUEST, "other JSON (expected: " + expected + ")");
    }
  }
}
