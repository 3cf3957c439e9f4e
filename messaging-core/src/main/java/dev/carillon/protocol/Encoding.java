package dev.carillon.protocol;

/** The forms that the protocol has on the wire. */
public enum Encoding {
  /** Text frames; commands and replies are JSON objects separated by a newline. */
  JSON,
  /** Binary frames; commands and replies are Protobuf messages, each with its length before it. */
  PROTOBUF
}
