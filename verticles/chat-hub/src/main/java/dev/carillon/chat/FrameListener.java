package dev.carillon.chat;

import dev.carillon.channel.Bytes;

/** Hears what a {@link FrameAssembler} found, in the order of the wire. */
interface FrameListener {

  /** A whole message. When it is text, it is valid UTF-8. */
  void onMessage(Bytes message, boolean text);

  /** A ping; the answer is a pong with the same payload (RFC 6455 section 5.5.3). */
  void onPing(Bytes payload);

  /** A pong, asked for or not (RFC 6455 section 5.5.3). */
  void onPong();

  /** The peer's close frame; nothing is reported after it. */
  void onClose(int code);
}
