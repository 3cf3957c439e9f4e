package dev.carillon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SourceTest {

  @Test
  void everyIpv4AddressIsASource() {
    assertEquals(Source.of("10.0.0.1"), Source.of("10.0.0.1"));
    assertNotEquals(Source.of("10.0.0.1"), Source.of("10.0.0.2"));
  }

  @Test
  void anIpv6NetworkIsOneSource() {
    assertEquals(Source.of("2001:db8::1"), Source.of("2001:db8::ffff:1"));
    assertNotEquals(Source.of("2001:db8::1"), Source.of("2001:db8:0:1::1"));
  }

  @Test
  void theKindsAreKeptApart() {
    assertNotEquals(Source.of("0.0.0.1"), Source.of("0:0:0:1::"));
  }

  @Test
  void anIpv4AddressInIpv6FormIsTheIpv4Address() {
    assertEquals(Source.of("10.0.0.1"), Source.of("::ffff:10.0.0.1"));
  }
}
