package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import org.junit.jupiter.api.Test;

/** Who watches a channel is told of each coming and going, and told once. */
class ComingsTest extends CheckedHistory {
  @Test
  void oneJoinThatIsToldTwiceIsWrong() {
    allIsWell();
    add(op("s", Op.JOIN).with("id-of-t"));
    add(op("s", Op.LEAVE).with("id-of-t"));
    add(op("s", Op.JOIN).with("id-of-t"));
    assertHolds();
    add(op("s", Op.JOIN).with("id-of-t"));
    assertOnlyBroken("presence_wrong");
  }

  @Test
  void aLeaveThatIsNeverToldIsMissing() {
    connect("t");
    connect("s");
    add(op("t", Op.JOIN).with("id-of-s"));
    add(op("s", Op.DISCONNECT).in("").code(1006));
    publish("a");
    add(came("t", "a", 1));
    add(op("nemesis", Op.QUIET));
    assertOnlyBroken("presence_wrong");
  }

  @Test
  void whoSubscribesAnewIsToldOfNobodyWhoLeftBefore() {
    connect("t");
    connect("s");
    add(op("t", Op.JOIN).with("id-of-s"));
    add(op("s", Op.DISCONNECT).in("").code(1006));
    add(op("t", Op.RECOVER).position("e1", 0).recovered(true));
    publish("a");
    add(came("t", "a", 1));
    add(op("nemesis", Op.QUIET));
    assertHolds();
  }

  @Test
  void aJoinThatIsNeverToldIsMissing() {
    connect("t");
    connect("u");
    add(op("t", Op.JOIN).with("id-of-u"));
    now += 15_000;
    connect("s");
    publish("a");
    add(came("t", "a", 1));
    add(op("nemesis", Op.QUIET));
    assertOnlyBroken("presence_wrong");
  }

  @Test
  void whoNeverHearsOfAnybodyDidNotAskForIt() {
    connect("t");
    now += 15_000;
    connect("s");
    publish("a");
    add(came("t", "a", 1));
    add(op("nemesis", Op.QUIET));
    assertHolds();
  }

  @Test
  void whoWasThereBeforeIsNobodyToBeToldOf() {
    connect("s");
    connect("u");
    now += 15_000;
    connect("t");
    add(op("u", Op.DISCONNECT).in("").code(1006));
    add(op("t", Op.LEAVE).with("id-of-u"));
    publish("a");
    add(came("t", "a", 1));
    add(op("nemesis", Op.QUIET));
    assertHolds();
  }
}
