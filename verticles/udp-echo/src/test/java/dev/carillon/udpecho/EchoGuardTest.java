package dev.carillon.udpecho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.OptionReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoGuardTest {

  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 0, PORT_ZERO",
    "255.255.255.255, 4000, NOT_UNICAST",
    "240.1.2.3, 4000, NOT_UNICAST",
    "192.168.7.255, 4000, NOT_UNICAST",
    "224.0.0.1, 4000, NOT_UNICAST",
    "239.255.255.250, 1900, NOT_UNICAST",
    "ff02::1, 4000, NOT_UNICAST",
    "0.0.0.0, 4000, NOT_UNICAST",
    "::, 4000, NOT_UNICAST",
    "10.0.0.1, 7007, ECHO_LOOP",
    "10.0.0.1, 7, ECHO_LOOP",
    "10.0.0.1, 19, ECHO_LOOP",
  })
  void sourcesThatMustNotBeAnsweredAreNot(String address, int port, Drop expected) {
    assertEquals(expected, guard(Map.of()).drop(source(address, port), 10, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "127.0.0.1", "192.168.7.254", "2001:db8::1", "::1"})
  void ordinarySourcesAreAnswered(String address) {
    assertNull(guard(Map.of()).drop(source(address, 40_000), 65_507, 0));
  }

  @Test
  void aSourceGetsItsBurstAndThenItsRateWhateverPortsItUses() {
    EchoGuard guard = guard(Map.of("source_rate", 2, "source_burst", 3));
    for (int port = 1; port <= 3; port++) {
      assertNull(drop(guard, "10.0.0.1", 40_000 + port, 1, 0));
    }
    assertEquals(Drop.RATE, drop(guard, "10.0.0.1", 41_000, 1, 0));
    assertNull(drop(guard, "10.0.0.2", 41_000, 1, 0));
    assertNull(drop(guard, "10.0.0.1", 41_000, 1, SECOND / 2));
    assertEquals(Drop.RATE, drop(guard, "10.0.0.1", 41_000, 1, SECOND / 2));
  }

  @Test
  void bytesAreLimitedAsWell() {
    EchoGuard guard = guard(Map.of("source_burst_bytes", 65_535));
    assertNull(drop(guard, "10.0.0.1", 40_000, 65_507, 0));
    assertEquals(Drop.RATE, drop(guard, "10.0.0.1", 40_000, 65_507, 0));
  }

  @Test
  void allAddressesOfAnIpv6NetworkAreOneSource() {
    EchoGuard guard = guard(Map.of("source_burst", 1));
    assertNull(drop(guard, "2001:db8:0:1::1", 40_000, 1, 0));
    assertEquals(Drop.RATE, drop(guard, "2001:db8:0:1:ffff::2", 40_000, 1, 0));
    assertNull(drop(guard, "2001:db8:0:2::1", 40_000, 1, 0));
  }

  @Test
  void aFloodOfForgedSourcesDoesNotGiveAVictimMoreThanItsRate() {
    EchoGuard guard = guard(Map.of("source_rate", 10, "source_burst", 5, "sources_max", 100));
    Random random = new Random(1);
    long now = 0;
    int victim = 0;
    for (int i = 0; i < 200_000; i++) {
      now += 10_000;
      boolean isVictim = i % 2 == 0;
      String address = isVictim ? "10.0.0.1" : "11." + i % 250 + "." + random.nextInt(250) + ".1";
      if (drop(guard, address, 40_000, 10, now) == null && isVictim) {
        victim++;
      }
    }
    assertTrue(victim <= 5 + 10.0 * now / SECOND, victim + " answers in " + now + " ns");
  }

  private static @Nullable Drop drop(
      EchoGuard guard, String address, int port, int length, long now) {
    return guard.drop(source(address, port), length, now);
  }

  private static EchoGuard guard(Map<String, ?> settings) {
    return new EchoGuard(
        OptionReader.read(UdpEchoOptions.class, settings), Set.of(ip("192.168.7.255")), 7007);
  }

  private static InetSocketAddress source(String address, int port) {
    return new InetSocketAddress(ip(address), port);
  }

  private static InetAddress ip(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException failure) {
      throw new IllegalArgumentException(address, failure);
    }
  }
}
