package dev.carillon.session;

import dev.carillon.protocol.ErrorCode;

/** What became of something that a session asked for. Exactly one method is called, once. */
public interface Outcome<T> {

  /** For effects whose outcome changes nothing. */
  Outcome<Void> IGNORED =
      new Outcome<>() {
        @Override
        public void succeeded(Void value) {}

        @Override
        public void failed() {}
      };

  void succeeded(T value);

  /** It failed; why is in the log of whoever knows it. */
  void failed();

  /** It failed for a reason that its asker can do something about. */
  default void refused(ErrorCode why) {
    failed();
  }
}
