package dev.carillon.protobuf;

import java.io.IOException;

/** Bytes that are not the Protobuf that was expected. Never quotes them. */
public final class ProtobufException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtobufException(String message) {
    super(message);
  }
}
