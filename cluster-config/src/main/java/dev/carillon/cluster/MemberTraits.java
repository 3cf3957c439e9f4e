package dev.carillon.cluster;

import com.hazelcast.cluster.Member;
import dev.carillon.cluster.tls.Trust;
import dev.carillon.node.NodeInfo;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireIds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a member publishes about itself as Hazelcast member attributes: what all members must agree
 * on, and who it is. Attributes are there from the first moment of the membership and never change.
 *
 * @param wireVersion {@link WireIds#VERSION} of its software
 * @param expectedMembers its {@code cluster.expected_members}
 * @param fingerprint of its secrets
 * @param process names this process on the bus of Vert.x for as long as it runs; what belongs to a
 *     node belongs to its incarnation, which ends with the membership
 * @param streams where its streams are
 * @param startedAt milliseconds since 1970 by its own clock
 * @param bus authorities of its certificate; none without TLS
 * @param payload keys of the payloads of streams; none when they are not encrypted
 */
record MemberTraits(
    int wireVersion,
    int expectedMembers,
    Fingerprint fingerprint,
    Role role,
    String name,
    Incarnation process,
    String version,
    Set<String> verticles,
    String streams,
    long startedAt,
    Trust bus,
    Trust payload) {

  /** vertx-hazelcast finds a member's Vert.x node under this attribute. */
  static final String VERTX_NODE_ID = "__vertx.nodeId";

  private static final String BUS = "bus_tls";
  private static final String PAYLOAD = "payload_keys";

  static MemberTraits of(NodeSettings settings, long startedAt, Trust bus, Trust payload) {
    return new MemberTraits(
        WireIds.VERSION,
        settings.cluster().expectedMembers(),
        settings.secrets(),
        settings.cluster().role(),
        settings.name(),
        Incarnation.random(),
        settings.version(),
        settings.verticles(),
        settings.streamsPlace(),
        startedAt,
        bus,
        payload);
  }

  /** Null for a member that is no node of ours, or one of a version that nobody knows. */
  static @Nullable MemberTraits of(Member member) {
    Map<String, String> attributes = member.getAttributes();
    try {
      return new MemberTraits(
          Integer.parseInt(text(attributes, "wire_version")),
          Integer.parseInt(text(attributes, "expected_members")),
          new Fingerprint(text(attributes, "fingerprint")),
          Role.of(text(attributes, Attributes.ROLE)),
          text(attributes, Attributes.NAME),
          Incarnation.parse(text(attributes, VERTX_NODE_ID)),
          text(attributes, "version"),
          words(text(attributes, "verticles")),
          text(attributes, "streams"),
          Long.parseLong(text(attributes, "started_at")),
          Trust.parse(attributes.getOrDefault(BUS, "")),
          Trust.parse(attributes.getOrDefault(PAYLOAD, "")));
    } catch (IllegalArgumentException foreign) {
      return null;
    }
  }

  /** The same node as somebody else, whose coming and going says nothing about this one. */
  MemberTraits disguised() {
    return new MemberTraits(
        wireVersion,
        expectedMembers,
        fingerprint,
        role,
        name,
        Incarnation.random(),
        version,
        verticles,
        streams,
        startedAt,
        bus,
        payload);
  }

  Map<String, String> attributes() {
    var attributes = new TreeMap<String, String>();
    attributes.put("wire_version", Integer.toString(wireVersion));
    attributes.put("expected_members", Integer.toString(expectedMembers));
    attributes.put("fingerprint", fingerprint.hex());
    attributes.put(Attributes.ROLE, role.toString());
    attributes.put(Attributes.NAME, name);
    attributes.put("version", version);
    attributes.put("verticles", String.join(" ", new TreeSet<>(verticles)));
    attributes.put("streams", streams);
    attributes.put("started_at", Long.toString(startedAt));
    attributes.put(BUS, bus.toString());
    attributes.put(PAYLOAD, payload.toString());
    attributes.put(VERTX_NODE_ID, process.toString());
    return attributes;
  }

  /**
   * The incarnation of a member: Hazelcast draws a new number for every membership, also for a
   * member that merges into a cluster that had removed it.
   */
  static Incarnation incarnation(Member member) {
    return Incarnation.of(member.getUuid());
  }

  NodeInfo nodeInfo(Incarnation incarnation, List<String> publicUrls, String address) {
    return new NodeInfo(
        incarnation, name, role.toString(), version, verticles, publicUrls, address, startedAt);
  }

  private static String text(Map<String, String> attributes, String key) {
    var value = attributes.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is absent (expected: a member attribute)");
    }
    return value;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
