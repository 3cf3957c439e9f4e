package dev.carillon.session;

import dev.carillon.protocol.ErrorCode;
import java.util.function.Consumer;

/** Goes on with an answer or an outcome, unless the session is closed by then. */
record WhileOpen<T>(Session session, Consumer<T> then, Consumer<ErrorCode> otherwise)
    implements Outcome<T>, Consumer<T> {

  @Override
  public void succeeded(T value) {
    if (!session.isClosed()) {
      then.accept(value);
    }
  }

  @Override
  public void failed() {
    refused(ErrorCode.INTERNAL);
  }

  @Override
  public void refused(ErrorCode why) {
    if (!session.isClosed()) {
      otherwise.accept(why);
    }
  }

  @Override
  public void accept(T answer) {
    succeeded(answer);
  }
}
