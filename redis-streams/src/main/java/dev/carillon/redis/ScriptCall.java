package dev.carillon.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a script with its keys and arguments, as often as it has to be tried. Filled by one
 * thread before it is used.
 */
final class ScriptCall {

  private final Script script;
  private final List<String> keys;
  private final List<byte[]> arguments = new ArrayList<>();
  private int bytes;

  ScriptCall(Script script, List<String> keys) {
    this.script = script;
    this.keys = keys;
  }

  ScriptCall with(byte[] argument) {
    arguments.add(argument);
    bytes += argument.length;
    return this;
  }

  ScriptCall with(String argument) {
    return with(argument.getBytes(StandardCharsets.UTF_8));
  }

  ScriptCall with(long argument) {
    return with(Long.toString(argument));
  }

  ScriptCall with(boolean argument) {
    return with(argument ? "1" : "0");
  }

  /** Of all arguments. */
  int bytes() {
    return bytes;
  }

  /**
   * The command of one try.
   *
   * @param era the first argument; empty: none
   * @param whole whether the text of the script goes along, for a Redis that does not know it
   */
  Request request(String era, boolean whole) {
    Request request =
        whole
            ? Request.cmd(Command.EVAL).arg(script.text())
            : Request.cmd(Command.EVALSHA).arg(script.hash());
    request.arg(keys.size());
    keys.forEach(request::arg);
    if (!era.isEmpty()) {
      request.arg(era);
    }
    arguments.forEach(request::arg);
    return request;
  }
}
