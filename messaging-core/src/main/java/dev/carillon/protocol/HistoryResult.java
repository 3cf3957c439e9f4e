package dev.carillon.protocol;

import dev.carillon.channel.History;

/** A part of the stream, and its top. */
public record HistoryResult(History history) implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.history(this);
  }
}
