package dev.carillon.protocol;

/** The command failed. */
public record ErrorResult(ErrorCode code) implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.error(this);
  }
}
