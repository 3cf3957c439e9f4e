package dev.carillon.session.simulation;

import dev.carillon.protocol.Command;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.UnsubscribeRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The commands that one connection has sent, held against the rule: one reply to each. */
final class SeenCommands {

  private final SimulatedWorld world;
  private final Map<Long, Command> unanswered = new LinkedHashMap<>();
  private final Map<Long, Long> sent = new HashMap<>();

  SeenCommands(SimulatedWorld world) {
    this.world = world;
  }

  void sends(Command command) {
    unanswered.put(command.id(), command);
    sent.put(command.id(), world.now);
  }

  /**
   * What this is the reply to: in order, unless several commands may be worked on at once; but
   * nothing overtakes an unsubscribe.
   */
  Command answered(Reply reply) {
    for (Command command : List.copyOf(unanswered.values())) {
      if (command.id() == reply.id()) {
        unanswered.remove(reply.id());
        return command;
      }
      if (!world.isConcurrent() || command instanceof UnsubscribeRequest) {
        break;
      }
    }
    throw new AssertionError(reply + " (expected: to one of " + unanswered + " in order)");
  }

  /** When it was sent. */
  long sent(Reply reply) {
    return sent.getOrDefault(reply.id(), 0L);
  }

  /** Whether a command of this type that fulfils the condition is not answered yet. */
  <T extends Command> boolean isWaiting(Class<T> type, Predicate<T> condition) {
    return unanswered.values().stream()
        .anyMatch(each -> type.isInstance(each) && condition.test(type.cast(each)));
  }

  boolean isWaiting(Class<? extends Command> type) {
    return isWaiting(type, any -> true);
  }

  boolean areAnswered() {
    return unanswered.isEmpty();
  }

  void forget() {
    unanswered.clear();
  }

  @Override
  public String toString() {
    return unanswered.toString();
  }
}
