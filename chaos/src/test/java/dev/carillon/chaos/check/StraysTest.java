package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import org.junit.jupiter.api.Test;

/** What the Java SDK makes up by itself is not the server's; all else it sees is. */
class StraysTest extends CheckedHistory {
  private static final String SDK = "sdk-n1";

  /** Two publications, and a connection that ends. */
  private void allIsWellUntilItIsGone(String client) {
    connect(client);
    publish("a");
    add(came(client, "a", 1));
    publish("b");
    add(came(client, "b", 2));
    add(op(client, Op.UNSUBSCRIBE).code(1));
    add(op(client, Op.DISCONNECT).in("").code(2));
  }

  /** It connects again and has no answer to its subscribe when it gives that up as well. */
  private void givesUpWithoutAnAnswer(String client) {
    add(op(client, Op.CONNECT).in("").with("id-of-" + client + "-2"));
    now += 5_000;
    add(op(client, Op.DISCONNECT).in("").code(3));
  }

  /** The third to the eighth, of which somebody else gets all. */
  private void others() {
    add(op("r", Op.CONNECT).in("").with("id-of-r"));
    add(op("r", Op.SUBSCRIBE).position("e1", 2));
    for (int i = 3; i <= 8; i++) {
      publish("o" + i);
      add(came("r", "o" + i, i));
    }
  }

  private void recovers(String client, long offset) {
    add(op(client, Op.CONNECT).in("").with("id-of-" + client + "-3"));
    add(op(client, Op.RECOVER).position("e1", offset).recovered(true));
  }

  @Test
  void behindAnAnswerThatTheSdkDroppedItGoesOnFromAnywhere() {
    allIsWellUntilItIsGone(SDK);
    others();
    givesUpWithoutAnAnswer(SDK);
    add(came(SDK, "o6", 6));
    add(came(SDK, "o7", 7));
    recovers(SDK, 7);
    add(came(SDK, "o8", 8));
    assertHolds();
  }

  private void hearsOneWithoutAnAnswerAndRecovers() {
    allIsWellUntilItIsGone(SDK);
    others();
    givesUpWithoutAnAnswer(SDK);
    add(came(SDK, "o6", 6));
    recovers(SDK, 6);
  }

  @Test
  void whatItMissesAfterThatIsAGap() {
    hearsOneWithoutAnAnswerAndRecovers();
    add(came(SDK, "o8", 8));
    assertOnlyBroken("silent_gaps");
  }

  @Test
  void whatComesTwiceAfterThatIsOutOfOrder() {
    hearsOneWithoutAnAnswerAndRecovers();
    add(came(SDK, "o6", 6));
    assertOnlyBroken("out_of_order");
  }

  @Test
  void withoutAnEpochItHasNoPosition() {
    others();
    givesUpWithoutAnAnswer(SDK);
    add(came(SDK, "o6", 6).position("", 6));
    add(came(SDK, "o7", 7).position("", 7));
    add(op(SDK, Op.CONNECT).in("").with("id-of-sdk"));
    add(op(SDK, Op.SUBSCRIBE).position("e1", 7));
    add(came(SDK, "o8", 8));
    assertHolds();
  }

  @Test
  void whatComesLateOfASubscriptionThatItHadFollowsWhatCameBefore() {
    allIsWellUntilItIsGone(SDK);
    others();
    add(came(SDK, "o3", 3));
    recovers(SDK, 3);
    assertHolds();
    add(op(SDK, Op.DISCONNECT).in("").code(2));
    add(came(SDK, "o5", 5));
    assertOnlyBroken("silent_gaps");
  }

  @Test
  void whatComesLateOfASubscriptionThatItHadHasOnePosition() {
    allIsWellUntilItIsGone(SDK);
    others();
    add(came(SDK, "o4", 3));
    assertOnlyBroken("duplicated");
  }

  @Test
  void withoutAnSdkNothingIsAStray() {
    allIsWellUntilItIsGone("s");
    others();
    givesUpWithoutAnAnswer("s");
    add(came("s", "o6", 6));
    assertOnlyBroken("silent_gaps", "sessions_wrong");
  }

  @Test
  void whatComesToAConnectedSdkWithoutASubscriptionIsWrong() {
    allIsWellUntilItIsGone(SDK);
    others();
    add(op(SDK, Op.CONNECT).in("").with("id-of-sdk"));
    add(came(SDK, "o3", 3));
    assertOnlyBroken("sessions_wrong");
  }
}
