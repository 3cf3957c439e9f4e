package dev.carillon.cluster.terms;

import static dev.carillon.cluster.WireDataTest.assertGolden;

import dev.carillon.cluster.terms.Standing.Course;
import dev.carillon.cluster.terms.TermCall.Step;
import dev.carillon.wire.Incarnation;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bytes are fixed: a change here is a change of the wire version. */
class TermWireTest {

  private static final Incarnation NODE = new Incarnation(1, 2);
  private static final Incarnation OTHER = new Incarnation(1, 3);
  private static final String NODE_HEX = "0000000000000001" + "0000000000000002";
  private static final String OTHER_HEX = "0000000000000001" + "0000000000000003";

  @Test
  void aCallNamesStepNumberAndNodesInTheirOrder() {
    var call = new TermCall(Step.BEGIN, new Term(300, Set.of(OTHER, NODE)));
    assertGolden("02" + "00" + "ac02" + "02" + NODE_HEX + OTHER_HEX, call);
  }

  @Test
  void anAnswerTellsHowTheNodeStands() {
    var standing = new Standing(true, 7, 300, 6, new Memory(true, 2, 0), Course.COMPLETE);
    assertGolden("01" + "07" + "ac02" + "06" + "01" + "02" + "00" + "03", new TermAnswer(standing));
  }
}
