package dev.carillon.token;

import java.util.function.Function;

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

  /**
   * Nobody knows, because its key can't be fetched at the moment: the client shall try again.
   *
   * @param why for the log; never contains the token
   */
  record Unknown<T>(String why) implements Verification<T> {}

  /** Goes on with what is valid; everything else stays as it is. */
  default <R> Verification<R> then(Function<T, Verification<R>> meaning) {
    if (this instanceof Valid<T> valid) {
      return meaning.apply(valid.token());
    }
    if (this instanceof Invalid<T> invalid) {
      return new Invalid<>(invalid.why());
    }
    if (this instanceof Unknown<T> unknown) {
      return new Unknown<>(unknown.why());
    }
    return new Expired<>();
  }
}
