package dev.carillon.session;

import java.util.function.Consumer;

/** Goes on with an answer or an outcome, unless the session is closed by then. */
record WhileOpen<T>(Session session, Consumer<T> then, Runnable otherwise)
    implements Outcome<T>, Consumer<T> {

  @Override
  public void succeeded(T value) {
    if (!session.isClosed()) {
      then.accept(value);
    }
  }

  @Override
  public void failed() {
    if (!session.isClosed()) {
      otherwise.run();
    }
  }

  @Override
  public void accept(T answer) {
    succeeded(answer);
  }
}
