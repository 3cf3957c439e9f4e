package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberPlacesTest {

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException never) {
      throw new IllegalStateException(never);
    }
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
