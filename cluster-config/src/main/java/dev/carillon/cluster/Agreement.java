package dev.carillon.cluster;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a joining member has to have in common with the cluster, and what it must not. It compares
 * itself with those of {@link OtherMembers}, mostly the ones that are older than itself, so that of
 * two that join at once the younger one gives way.
 *
 * <p>Pure: who the others are is an argument.
 */
final class Agreement {

  /**
   * A member that goes before this one.
   *
   * @param traits null when they can't be read
   * @param serves whether it was admitted; one that was not may be about to leave
   */
  record Peer(@Nullable MemberTraits traits, boolean serves, String address) {

    boolean isCore() {
      return traits == null || traits.role() == Role.CORE;
    }
  }

  /** What follows from the members as they are now. */
  enum Verdict {
    /** Nothing is in the way. */
    ADMITTED,
    /** Something is in the way of somebody who may be about to leave: look again. */
    WAIT
  }

  private static final String NAME = "node.name";

  private final MemberTraits self;

  Agreement(MemberTraits self) {
    this.self = self;
  }

  /**
   * @param older members that go before this one, the oldest first
   * @throws StartException when this member can't stay
   */
  Verdict check(List<Peer> older) {
    boolean wait = false;
    for (Peer peer : older) {
      var conflict = conflict(peer);
      if (conflict.isPresent() && peer.serves()) {
        throw conflict.get();
      }
      wait |= conflict.isPresent();
    }
    return wait || isCrowded(older) ? Verdict.WAIT : Verdict.ADMITTED;
  }

  /** Whether there may be no room; when there is none for certain, throws. */
  private boolean isCrowded(List<Peer> older) {
    if (self.expectedMembers() == 1 || self.role() == Role.GATEWAY) {
      return false;
    }
    List<Peer> core = older.stream().filter(Peer::isCore).toList();
    long serving = core.stream().filter(Peer::serves).count();
    if (serving >= self.expectedMembers()) {
      throw full(serving);
    }
    return core.size() >= self.expectedMembers();
  }

  /**
   * Checks only whether these are nodes of the same kind and with the same secrets, whatever their
   * names and number.
   *
   * @throws StartException when one of them is not
   */
  void checkKind(List<Peer> peers) {
    peers.stream()
        .flatMap(peer -> conflict(peer).stream())
        .filter(conflict -> !conflict.key().equals(NAME))
        .findFirst()
        .ifPresent(
            conflict -> {
              throw conflict;
            });
  }

  private Optional<StartException> conflict(Peer peer) {
    var other = peer.traits();
    if (other == null) {
      return Optional.of(
          refusal(
              "wire version",
              self.wireVersion(),
              "what the member at " + peer.address() + " has, which is no node of this software",
              "use another cluster.name"));
    }
    var has = " as " + other.name() + " at " + peer.address() + " has";
    if (other.wireVersion() != self.wireVersion()) {
      return Optional.of(
          refusal(
              "wire version",
              self.wireVersion(),
              other.wireVersion() + has + " with " + other.version(),
              "run the same version on all nodes"));
    }
    if (other.expectedMembers() != self.expectedMembers()) {
      return Optional.of(
          refusal(
              "cluster.expected_members",
              self.expectedMembers(),
              other.expectedMembers() + has,
              "set the same number on all nodes"));
    }
    if (!other.streams().equals(self.streams())) {
      return Optional.of(
          refusal(
              "engine.streams",
              self.streams(),
              other.streams() + has,
              "let all nodes keep their streams in the same place"));
    }
    return conflictOfIdentity(other, peer.address(), has);
  }

  private Optional<StartException> conflictOfIdentity(
      MemberTraits other, String address, String has) {
    if (!other.fingerprint().equals(self.fingerprint())) {
      return Optional.of(
          refusal(
              "secrets",
              "fingerprint " + self.fingerprint().shortened(),
              "fingerprint " + other.fingerprint().shortened() + has,
              "give all nodes the same secrets, for example its state_dir"));
    }
    if (!other.bus().worksWith(self.bus())) {
      return Optional.of(conflictOfBus(other, has));
    }
    if (!other.payload().worksWith(self.payload())) {
      return Optional.of(
          refusal(
              "cluster.payload_key",
              keyOf(self),
              keyOf(other) + has,
              "give all nodes the same, and while it is replaced both"));
    }
    if (other.name().equals(self.name())) {
      return Optional.of(
          refusal(
              NAME,
              self.name(),
              "another name than that of the live node at " + address,
              "choose one with --name"));
    }
    return Optional.empty();
  }

  private StartException conflictOfBus(MemberTraits other, String has) {
    boolean used = self.bus().isUsed();
    return used && other.bus().isUsed()
        ? refusal(
            "cluster.tls.ca_file",
            "authority " + self.bus().own(),
            "authority " + other.bus().own() + has,
            "let one authority sign the certificates of all nodes, and put it into all ca_files")
        : refusal(
            "cluster.tls.enabled",
            used,
            !used + has,
            "set the same on all nodes; ./carillon certs makes certificates");
  }

  private static String keyOf(MemberTraits traits) {
    return traits.payload().isUsed() ? "key " + traits.payload().own() : "none";
  }

  private StartException full(long serving) {
    return refusal(
        "cluster.expected_members",
        self.expectedMembers(),
        "more than the " + serving + " core nodes that are running",
        "for one more set cluster.role=gateway; or stop one, or raise it on all nodes");
  }

  private static StartException refusal(String key, Object own, String expected, String cure) {
    return new StartException(
        StartException.Reason.DISAGREEMENT,
        key,
        key + " = " + own + " (expected: " + expected + "): " + cure);
  }
}
