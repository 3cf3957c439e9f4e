package dev.carillon.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultReportTest {
  private final List<Operation> history = new ArrayList<>();

  private void at(long millis, Operation operation) {
    history.add(operation.at(millis));
  }

  private static Operation op(String client, Op op) {
    return Operation.of(client, op).in("lab:0").on("n1");
  }

  private static Operation nemesis(Op op, String fault, String node) {
    return Operation.of("nemesis", op).with(fault).on(node);
  }

  private void publish(String id, long sent, long acked) {
    at(sent, op("p", Op.PUBLISH).with(id));
    at(acked, op("p", Op.ACK).with(id));
  }

  private void came(long millis, String id, long offset) {
    at(millis, op("s", Op.DELIVER).with(id).position("e1", offset));
  }

  private static Optional<Spread> all(long one) {
    return Optional.of(new Spread(one, one, one));
  }

  @Test
  void aStrikeIsMeasuredFromItsBeginningUntilTheNodesAreWell() {
    at(0, op("s", Op.CONNECT).in("").with("id-of-s"));
    publish("before", 10, 20);
    at(1_000, nemesis(Op.FAULT, "kill", "n1"));
    at(1_040, op("s", Op.DISCONNECT).in("").code(1006));
    at(1_300, op("w", Op.LEAVE).with("id-of-s"));
    at(1_500, op("w", Op.LEAVE).with("id-of-s").in("lab:1"));
    at(1_600, op("w", Op.LEAVE).with("id-of-another"));
    publish("a", 1_100, 1_700);
    publish("b", 1_800, 1_900);
    at(2_000, nemesis(Op.MENDED, "kill", "n1"));
    at(9_000, nemesis(Op.HEALED, "kill", "n1"));
    publish("after", 9_100, 9_200);
    at(9_300, op("s", Op.RECOVER).recovered(false));

    var report = Verdict.of(history).faults().get(0);
    assertEquals("kill", report.fault());
    assertEquals(1, report.strikes());
    assertEquals(2, report.acked());
    assertEquals(1, report.toldOfLoss());
    assertEquals(all(600), report.worstAck());
    assertEquals(all(900), report.struckAcked());
    assertEquals(all(40), report.detect());
    assertEquals(all(500), report.presence());
    assertEquals(all(7_000), report.heal());
  }

  @Test
  void whatWasLostOrDoubledCountsForTheFaultDuringWhichItWasAcknowledged() {
    publish("lost earlier", 10, 20);
    at(1_000, nemesis(Op.FAULT, "pause", "n1"));
    publish("a", 1_100, 1_200);
    publish("b", 1_300, 1_400);
    publish("c", 1_500, 1_600);
    at(2_000, nemesis(Op.HEALED, "pause", "n1"));
    came(2_100, "a", 1);
    came(2_200, "b", 2);
    came(2_300, "b", 3);

    var report = Verdict.of(history).faults().get(0);
    assertEquals(3, report.acked());
    assertEquals(1, report.lost());
    assertEquals(1, report.duplicated());
  }

  @Test
  void strikesOfOneKindAreOneReportWithLeastMiddleAndGreatest() {
    long begin = 0;
    for (long heal : new long[] {500, 100, 900}) {
      at(begin, nemesis(Op.FAULT, "flap", "n1"));
      at(begin + 1_000, nemesis(Op.MENDED, "flap", "n1"));
      at(begin + 1_000 + heal, nemesis(Op.HEALED, "flap", "n1"));
      begin += 10_000;
    }
    at(begin, nemesis(Op.FAULT, "slow", ""));

    var reports = Verdict.of(history).faults();
    assertEquals(List.of("flap", "slow"), reports.stream().map(FaultReport::fault).toList());
    assertEquals(3, reports.get(0).strikes());
    assertEquals(Optional.of(new Spread(100, 500, 900)), reports.get(0).heal());
    assertEquals(Optional.empty(), reports.get(1).heal());
    assertEquals(Optional.empty(), reports.get(0).detect());
  }

  @Test
  void aFaultOfAllNodesIsConvergedWhenEachLeavingIsTold() {
    at(0, op("s", Op.CONNECT).in("").with("id-of-s"));
    at(1_000, nemesis(Op.FAULT, "rolling", ""));
    at(5_000, op("s", Op.DISCONNECT).in("").code(3001));
    at(5_030, op("w", Op.LEAVE).with("id-of-s"));
    at(9_000, nemesis(Op.HEALED, "rolling", ""));

    assertEquals(all(30), Verdict.of(history).faults().get(0).presence());
  }

  @Test
  void aFaultForWhichTheLabGaveUpWaitingIsSaidOnceToBeSlow() {
    at(1_000, nemesis(Op.FAULT, "kill", "n1"));
    at(2_000, nemesis(Op.MENDED, "kill", "n1"));
    publish("a", 3_000, 3_100);
    came(3_200, "a", 1);
    at(122_000, nemesis(Op.UNHEALED, "kill", "n1"));

    var verdict = Verdict.of(history);
    assertEquals(
        List.of("kill: the nodes were still not well at 122000 ms"),
        verdict.violations().get("slow_to_heal"));
    assertEquals(Optional.empty(), verdict.faults().get(0).heal());
  }

  @Test
  void aFaultThatIsFollowedByAnotherHealsWithIt() {
    at(1_000, nemesis(Op.FAULT, "one-way", "n1"));
    at(2_000, nemesis(Op.MENDED, "one-way", "n1"));
    at(3_000, nemesis(Op.FAULT, "kill", "n2"));
    publish("a", 3_100, 3_200);
    at(4_000, nemesis(Op.MENDED, "kill", "n2"));
    at(60_000, nemesis(Op.HEALED, "kill", "n2"));

    var verdict = Verdict.of(history);
    assertEquals(List.of(), verdict.violations().get("slow_to_heal"));
    var reports = verdict.faults();
    assertEquals(List.of("one-way", "kill"), reports.stream().map(FaultReport::fault).toList());
    assertEquals(Optional.empty(), reports.get(0).heal());
    assertEquals(all(56_000), reports.get(1).heal());
    assertEquals(1, reports.get(0).acked());
    assertEquals(1, reports.get(1).acked());
  }
}
