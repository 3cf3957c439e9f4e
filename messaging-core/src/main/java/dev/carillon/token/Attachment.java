package dev.carillon.token;

import dev.carillon.channel.Bytes;
import dev.carillon.json.JsonReader;
import java.io.IOException;
import java.util.Base64;

/**
 * What a token has for others to read, as JSON or, in a claim of its own, as Base64. Of both the
 * second counts, in whichever order they come (docs/PROTOCOL.md, "Tokens").
 */
final class Attachment {

  private Bytes json = Bytes.EMPTY;
  private Bytes decoded = Bytes.EMPTY;

  /** The current value is the JSON. */
  void take(JsonReader claim) throws IOException {
    json = claim.raw();
  }

  /**
   * The current value is Base64 of any bytes: clients that talk Protobuf can read them, others are
   * closed with 3506.
   *
   * @throws IllegalArgumentException if it is none
   */
  void decode(JsonReader claim) throws IOException {
    decoded = Bytes.of(Base64.getDecoder().decode(claim.text()));
  }

  /** Empty when there is nothing. */
  Bytes bytes() {
    return decoded.isEmpty() ? json : decoded;
  }
}
