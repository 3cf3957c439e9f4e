package dev.carillon.json;

import java.io.IOException;

/** A text that is JSON, but not the JSON that was expected. Never quotes the text. */
public final class JsonException extends IOException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }
}
