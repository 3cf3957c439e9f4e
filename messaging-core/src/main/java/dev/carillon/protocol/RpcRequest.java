package dev.carillon.protocol;

import dev.carillon.channel.Bytes;

/**
 * A call of the application behind the server.
 *
 * @param data what it is called with; empty when there is nothing
 */
public record RpcRequest(long id, String method, Bytes data) implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.rpc(this);
  }
}
