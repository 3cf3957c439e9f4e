package dev.carillon.protocol;

import dev.carillon.channel.Bytes;

/**
 * What the application behind the server answers.
 *
 * @param data empty when there is nothing
 */
public record RpcResult(Bytes data) implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.rpc(this);
  }
}
