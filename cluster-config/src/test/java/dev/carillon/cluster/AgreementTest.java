package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.cluster.Agreement.Peer;
import dev.carillon.cluster.Agreement.Verdict;
import dev.carillon.cluster.tls.Trust;
import dev.carillon.wire.Incarnation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final Fingerprint SAME = Fingerprint.of(new byte[] {1});
  private static final Fingerprint OTHER = Fingerprint.of(new byte[] {2});

  private static MemberTraits traits(String name, int wire, int expected, Fingerprint secrets) {
    return traits(name, wire, expected, secrets, "hazelcast");
  }

  private static MemberTraits traits(
      String name, int wire, int expected, Fingerprint secrets, String streams) {
    return new MemberTraits(
        wire,
        expected,
        secrets,
        Role.CORE,
        name,
        Incarnation.random(),
        "1.0",
        Set.of(),
        streams,
        0,
        Trust.NONE,
        Trust.NONE);
  }

  private static MemberTraits trusting(String name, Trust bus, Trust payload) {
    return new MemberTraits(
        1,
        1,
        SAME,
        Role.CORE,
        name,
        Incarnation.random(),
        "1.0",
        Set.of(),
        "hazelcast",
        0,
        bus,
        payload);
  }

  private static Peer serving(MemberTraits traits) {
    return new Peer(traits, true, "10.0.0.1:5701");
  }

  private static Peer joining(MemberTraits traits) {
    return new Peer(traits, false, "10.0.0.1:5701");
  }

  private static Verdict check(MemberTraits self, Peer... older) {
    return new Agreement(self).check(List.of(older));
  }

  private static String refusal(MemberTraits self, Peer... older) {
    return assertThrows(StartException.class, () -> check(self, older)).getMessage();
  }

  @Test
  void whoComesFirstAgreesWithItself() {
    assertEquals(Verdict.ADMITTED, check(traits("n1", 1, 1, SAME)));
  }

  @Test
  void whoIsAlikeIsAdmitted() {
    assertEquals(
        Verdict.ADMITTED, check(traits("n2", 1, 1, SAME), serving(traits("n1", 1, 1, SAME))));
  }

  @Test
  void anotherWireVersionIsRefusedWithBothValuesAndTheCure() {
    assertEquals(
        "wire version = 2 (expected: 1 as n1 at 10.0.0.1:5701 has with 1.0): run the same version"
            + " on all nodes",
        refusal(traits("n2", 2, 1, SAME), serving(traits("n1", 1, 1, SAME))));
  }

  @Test
  void anotherNumberOfExpectedMembersIsRefused() {
    assertEquals(
        "cluster.expected_members = 3 (expected: 1 as n1 at 10.0.0.1:5701 has): set the same"
            + " number on all nodes",
        refusal(traits("n2", 1, 3, SAME), serving(traits("n1", 1, 1, SAME))));
  }

  @Test
  void streamsInAnotherPlaceAreRefused() {
    assertEquals(
        "engine.streams = redis a:6379/0 carillon (expected: hazelcast as n1 at 10.0.0.1:5701"
            + " has): let all nodes keep their streams in the same place",
        refusal(
            traits("n2", 1, 1, SAME, "redis a:6379/0 carillon"),
            serving(traits("n1", 1, 1, SAME))));
  }

  @Test
  void otherSecretsAreRefusedAndNotTold() {
    assertEquals(
        "secrets = fingerprint "
            + OTHER.shortened()
            + " (expected: fingerprint "
            + SAME.shortened()
            + " as n1 at 10.0.0.1:5701 has): give all nodes the same secrets, for example its"
            + " state_dir",
        refusal(traits("n2", 1, 1, OTHER), serving(traits("n1", 1, 1, SAME))));
  }

  private static MemberTraits onBus(String name, Trust bus) {
    return trusting(name, bus, Trust.NONE);
  }

  @Test
  void whoEncryptsTheBusAndWhoDoesNotRefuseEachOther() {
    var encrypted = new Trust("a1", Set.of("a1"));
    assertEquals(
        "cluster.tls.enabled = false (expected: true as n1 at 10.0.0.1:5701 has): set the same on"
            + " all nodes; ./carillon certs makes certificates",
        refusal(onBus("n2", Trust.NONE), serving(onBus("n1", encrypted))));
    assertEquals(
        "cluster.tls.enabled = true (expected: false as n1 at 10.0.0.1:5701 has): set the same on"
            + " all nodes; ./carillon certs makes certificates",
        refusal(onBus("n2", encrypted), serving(onBus("n1", Trust.NONE))));
    assertEquals(Verdict.ADMITTED, check(onBus("n2", encrypted), serving(onBus("n1", encrypted))));
  }

  @Test
  void aCertificateOfAnAuthorityThatTheOthersDoNotTrustIsRefused() {
    assertEquals(
        "cluster.tls.ca_file = authority b2 (expected: authority a1 as n1 at 10.0.0.1:5701 has):"
            + " let one authority sign the certificates of all nodes, and put it into all ca_files",
        refusal(
            onBus("n2", new Trust("b2", Set.of("a1", "b2"))),
            serving(onBus("n1", new Trust("a1", Set.of("a1"))))));
  }

  private static MemberTraits sealing(String name, Trust payload) {
    return trusting(name, Trust.NONE, payload);
  }

  @Test
  void whoCantReadWhatTheOthersSealIsRefused() {
    var old = sealing("n1", new Trust("a1", Set.of("a1")));
    assertEquals(
        "cluster.payload_key = none (expected: key a1 as n1 at 10.0.0.1:5701 has): give all nodes"
            + " the same, and while it is replaced both",
        refusal(sealing("n2", Trust.NONE), serving(old)));
    assertEquals(
        "cluster.payload_key = key b2 (expected: key a1 as n1 at 10.0.0.1:5701 has): give all"
            + " nodes the same, and while it is replaced both",
        refusal(sealing("n2", new Trust("b2", Set.of("a1", "b2"))), serving(old)));
  }

  @Test
  void onePayloadKeyReplacesAnotherOnOneNodeAfterTheOther() {
    var old = sealing("n1", new Trust("a1", Set.of("a1")));
    var both = sealing("n2", new Trust("a1", Set.of("a1", "b2")));
    var moved = sealing("n3", new Trust("b2", Set.of("a1", "b2")));
    assertEquals(Verdict.ADMITTED, check(both, serving(old)));
    assertEquals(Verdict.ADMITTED, check(moved, serving(both)));
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    assertEquals(
        "node.name = n1 (expected: another name than that of the live node at 10.0.0.1:5701):"
            + " choose one with --name",
        refusal(traits("n1", 1, 1, SAME), serving(traits("n1", 1, 1, SAME))));
  }

  @Test
  void aMemberThatIsNoNodeIsRefused() {
    var refusal = refusal(traits("n1", 1, 1, SAME), new Peer(null, true, "10.0.0.9:5701"));
    assertEquals(
        "wire version = 1 (expected: what the member at 10.0.0.9:5701 has, which is no node of"
            + " this software): use another cluster.name",
        refusal);
  }

  @Test
  void oneMoreThanExpectedIsRefused() {
    var older = new Peer[3];
    Arrays.setAll(older, i -> serving(traits("n" + i, 1, 3, SAME)));
    assertEquals(
        "cluster.expected_members = 3 (expected: more than the 3 core nodes that are running):"
            + " for one more set cluster.role=gateway; or stop one, or raise it on all nodes",
        refusal(traits("n9", 1, 3, SAME), older));
  }

  @Test
  void withoutAnExpectationAnyNumberMayJoin() {
    var older = new Peer[9];
    Arrays.setAll(older, i -> serving(traits("n" + i, 1, 1, SAME)));
    assertEquals(Verdict.ADMITTED, check(traits("n9", 1, 1, SAME), older));
  }

  @Test
  void ofTwoThatJoinAtOnceTheYoungerWaitsForTheOlderToBeAdmitted() {
    var self = traits("n2", 1, 1, SAME);
    var older = traits("n2", 1, 1, SAME);
    assertEquals(Verdict.WAIT, check(self, serving(traits("n1", 1, 1, SAME)), joining(older)));
    assertThrows(
        StartException.class, () -> check(self, serving(traits("n1", 1, 1, SAME)), serving(older)));
  }

  @Test
  void whoIsAboutToLeaveStandsInNobodysWay() {
    var refused = joining(traits("n2", 1, 5, SAME));
    assertEquals(
        Verdict.WAIT, check(traits("n3", 1, 1, SAME), serving(traits("n1", 1, 1, SAME)), refused));
    assertEquals(
        Verdict.ADMITTED, check(traits("n3", 1, 1, SAME), serving(traits("n1", 1, 1, SAME))));
  }

  @Test
  void theLastFreePlaceGoesToTheOlderOne() {
    var one = serving(traits("n1", 1, 3, SAME));
    var two = serving(traits("n2", 1, 3, SAME));
    var three = joining(traits("n3", 1, 3, SAME));
    assertEquals(Verdict.WAIT, check(traits("n4", 1, 3, SAME), one, two, three));
  }

  @Test
  void traitsSurviveTheWayThroughAttributes() {
    var fingerprint = Fingerprint.of("key".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(64, fingerprint.hex().length());
    assertEquals(fingerprint.hex(), fingerprint.toString());
  }
}
