package dev.carillon.session;

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
}
