package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberPlacesTest {

  /** As on a machine with containers: loopback, the network, two bridges. */
  private static final List<InetAddress> OWN =
      addresses("127.0.0.1", "::1", "fe80::1", "2001:db8::7", "192.0.2.7", "172.17.0.1");

  private static List<InetAddress> addresses(String... texts) {
    var addresses = new ArrayList<InetAddress>();
    for (var text : texts) {
      addresses.add(address(text));
    }
    return addresses;
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException never) {
      throw new IllegalStateException(never);
    }
  }

  @Test
  void theAddressThatLeadsOutsideGoesBeforeABridge() {
    var ownBridgeFirst = addresses("10.78.2.254", "192.0.2.7");
    assertEquals(
        address("192.0.2.7"),
        MemberPlaces.announced(Optional.of(address("192.0.2.7")), ownBridgeFirst));
  }

  @Test
  void withoutARouteTheFirstOfTheOlderProtocolIsAnnounced() {
    assertEquals(address("192.0.2.7"), MemberPlaces.announced(Optional.empty(), OWN));
    assertEquals(
        address("192.0.2.7"), MemberPlaces.announced(Optional.of(address("0.0.0.0")), OWN));
    assertEquals(
        address("192.0.2.7"), MemberPlaces.announced(Optional.of(address("127.0.0.1")), OWN));
  }

  @Test
  void aMachineWithNewAddressesAloneAnnouncesOneThatOthersReach() {
    assertEquals(
        address("2001:db8::7"),
        MemberPlaces.announced(Optional.empty(), addresses("::1", "fe80::1", "2001:db8::7")));
  }

  @Test
  void aMachineWithoutANetworkAnnouncesItself() {
    assertEquals(
        address("127.0.0.1"),
        MemberPlaces.announced(Optional.empty(), addresses("127.0.0.1", "::1", "fe80::1")));
  }

  @Test
  void whatAWildcardAnnouncesIsAnAddressOfThisMachine() throws SocketException {
    var host = address(MemberPlaces.host(TestNodes.options(Map.of("bind", "0.0.0.0"))));
    assertFalse(host.isAnyLocalAddress(), host::toString);
    assertNotNull(NetworkInterface.getByInetAddress(host), host::toString);
  }

  @Test
  void anAddressThatWasSetIsAnnouncedAsItIs() {
    assertEquals("127.0.0.1", MemberPlaces.host(TestNodes.options(Map.of("bind", "127.0.0.1"))));
  }
}
