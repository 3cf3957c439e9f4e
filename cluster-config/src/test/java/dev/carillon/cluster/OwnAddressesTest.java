package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

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
        addresses("192.0.2.7", "10.78.2.254"),
        OwnAddresses.inOrder(Optional.of(address("192.0.2.7")), ownBridgeFirst));
  }

  @Test
  void withoutARouteTheFirstOfTheOlderProtocolComesFirst() {
    var expected = addresses("192.0.2.7", "172.17.0.1", "2001:db8::7");
    assertEquals(expected, OwnAddresses.inOrder(Optional.empty(), OWN));
    assertEquals(expected, OwnAddresses.inOrder(Optional.of(address("0.0.0.0")), OWN));
    assertEquals(expected, OwnAddresses.inOrder(Optional.of(address("127.0.0.1")), OWN));
  }

  @Test
  void aMachineWithNewAddressesAloneHasOneThatOthersReach() {
    assertEquals(
        addresses("2001:db8::7"),
        OwnAddresses.inOrder(Optional.empty(), addresses("::1", "fe80::1", "2001:db8::7")));
  }

  @Test
  void aMachineWithoutANetworkHasNone() {
    assertEquals(
        List.of(),
        OwnAddresses.inOrder(Optional.empty(), addresses("127.0.0.1", "::1", "fe80::1")));
  }
}
