package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberPlacesTest {

  @Test
  void whatAWildcardAnnouncesIsAnAddressOfThisMachine() throws IOException {
    var host =
        InetAddress.getByName(MemberPlaces.host(TestNodes.options(Map.of("bind", "0.0.0.0"))));
    assertFalse(host.isAnyLocalAddress(), host::toString);
    assertNotNull(NetworkInterface.getByInetAddress(host), host::toString);
  }

  @Test
  void anAddressThatWasSetIsAnnouncedAsItIs() {
    assertEquals("127.0.0.1", MemberPlaces.host(TestNodes.options(Map.of("bind", "127.0.0.1"))));
  }
}
