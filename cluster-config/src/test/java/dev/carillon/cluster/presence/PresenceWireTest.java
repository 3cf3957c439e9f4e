package dev.carillon.cluster.presence;

import static dev.carillon.cluster.WireDataTest.assertGolden;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.PresenceStats;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresenceWireTest {

  private static final Incarnation NODE = new Incarnation(1, 2);
  private static final Incarnation OTHER = new Incarnation(3, 4);
  private static final String NODE_HEX = "00000000000000010000000000000002";
  private static final String OTHER_HEX = "00000000000000030000000000000004";

  private static final ClientInfo INFO = new ClientInfo("u", "c", Bytes.utf8("{}"), Bytes.EMPTY);
  private static final String PRESENT_HEX = "0175" + "0163" + "057b7d" + "00" + "01";
  private static final Present PRESENT = new Present(INFO, true);

  @Test
  void whoIsInAChannel() {
    var presence = new ChannelPresence();
    presence.put(NODE, PRESENT);
    assertGolden("01" + NODE_HEX + PRESENT_HEX, presence);
  }

  @Test
  void aChange() {
    assertGolden(
        NODE_HEX + "01" + PRESENT_HEX + "01" + "0178" + "00",
        new ChangePresence(NODE, List.of(PRESENT), List.of("x")));
  }

  @Test
  void questionsNameTheLiveNodesInOrder() {
    var both = Set.of(OTHER, NODE);
    assertGolden("02" + NODE_HEX + OTHER_HEX, new ReadPresence(both));
    assertGolden("02" + NODE_HEX + OTHER_HEX, new CountPresence(both));
    assertGolden("02" + NODE_HEX + OTHER_HEX, new Incarnations(both));
    assertGolden("", new FindIncarnations());
    assertGolden(NODE_HEX, new DigestPresence(NODE));
  }

  @Test
  void aRemovalSaysWhetherTheOwnerHasDecided() {
    var both = Set.of(OTHER, NODE);
    assertGolden("02" + NODE_HEX + OTHER_HEX + "00", new RemoveIncarnations(both));
    assertGolden("02" + NODE_HEX + OTHER_HEX + "01", new RemoveIncarnations(both, true));
  }

  @Test
  void whoWasNotThere() {
    assertGolden("02" + "0163" + "0164", new Absent(List.of("c", "d")));
  }

  @Test
  void aCount() {
    assertGolden("ac02" + "07", new PresenceCount(new PresenceStats(300, 7)));
  }
}
