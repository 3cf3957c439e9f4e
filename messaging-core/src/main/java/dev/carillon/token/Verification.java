package dev.carillon.token;

/** What became of checking a token. */
public sealed interface Verification<T> {

  /** It is genuine and in force. */
  record Valid<T>(T token) implements Verification<T> {}

  /** It is genuine, but its time is over or has not begun: the client shall fetch another one. */
  record Expired<T>() implements Verification<T> {}

  /**
   * It proves nothing.
   *
   * @param why for the log; never contains the token
   */
  record Invalid<T>(String why) implements Verification<T> {}
}
