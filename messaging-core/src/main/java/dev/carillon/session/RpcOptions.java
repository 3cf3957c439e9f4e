package dev.carillon.session;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;

/** What clients may call. There is no application behind the server yet. */
@Section(value = "rpc", doc = "Methods that clients may call.")
public record RpcOptions(@Option(doc = "A method that does nothing.") Ping ping) {

  /** The keys below {@code rpc.ping}. */
  public record Ping(
      @Option(
              value = "false",
              doc = "Answer calls of the method with nothing; other methods are unknown then: 104.",
              why = "The protocol has a ping of its own, which needs no program.")
          boolean enabled,
      @Option(
              value = "ping",
              doc = "Name of the method.",
              why = "The name that the reference server gives it.")
          String method) {

    public Ping {
      if (method.isEmpty()) {
        throw new ConfigException("rpc.ping.method", method, "a name");
      }
    }
  }
}
