package dev.carillon.protocol;

/** The publication was stored, or spread when the channel keeps no history. */
public record PublishResult() implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.publish(this);
  }
}
