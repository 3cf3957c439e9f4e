package dev.carillon.session;

/** What became of something that a session asked for. Exactly one method is called, once. */
public interface Outcome<T> {

  void succeeded(T value);

  /** It failed; why is in the log of whoever knows it. */
  void failed();
}
