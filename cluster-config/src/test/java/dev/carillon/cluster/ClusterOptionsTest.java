package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.config.ConfigException;
import dev.carillon.config.OptionReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterOptionsTest {

  private static ClusterOptions read(Map<String, ?> keys) {
    return OptionReader.read(ClusterOptions.class, keys);
  }

  private static String refusal(Map<String, ?> keys) {
    return assertThrows(ConfigException.class, () -> read(keys)).getMessage();
  }

  @Test
  void aGatewayHasToBeToldWhereTheCoreNodesAre() {
    assertEquals(
        "cluster.role = gateway (expected: core, or core nodes named by --join, members or"
            + " kubernetes_dns)",
        refusal(Map.of("role", "gateway")));
    assertEquals(
        Role.GATEWAY, read(Map.of("role", "gateway", "members", List.of("a:5701"))).role());
  }

  @Test
  void aPlainNodeIsReachableFromThisMachineOnly() {
    var options = OptionReader.defaults(ClusterOptions.class);
    assertTrue(options.loopbackOnly());
    assertEquals(1, options.expectedMembers());
    assertEquals(Role.CORE, options.role());
    assertEquals("carillon", options.name());
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,2,1", "5,3,2", "7,4,3"})
  void copiesAreAMajority(int expected, int majority, int backups) {
    var options = read(Map.of("expected_members", expected));
    assertEquals(majority, options.majority());
    assertEquals(backups, options.syncBackups());
    assertEquals(expected > 1, options.guarded());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6})
  void evenNumbersAreRefusedWithTheReason(int even) {
    assertEquals(
        "cluster.expected_members = "
            + even
            + " (expected: 1, 3, 5 or 7; an even number survives no more losses than the odd one"
            + " below it)",
        refusal(Map.of("expected_members", even)).replaceFirst("^default: ", ""));
  }

  @Test
  void onlyOneWayToFindTheOthersMayBeSet() {
    refusal(Map.of("members", List.of("a:1"), "kubernetes_dns", "carillon"));
    refusal(Map.of("members", List.of("a:1"), "join", List.of("b:1")));
    refusal(Map.of("kubernetes_dns", "carillon", "join", List.of("b:1")));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:5702,10.0.0.1:5702",
    "carillon-0.carillon,carillon-0.carillon:5701",
    "[::1]:5703,[::1]:5703",
    "[fe80::1],[fe80::1]:5701"
  })
  void addressesOfNodesAreRead(String text, String meaning) {
    assertEquals(meaning, NodeAddress.parse("join", text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a:0", "a:65536", ":5701", "::1", "http://a:1"})
  void otherFormsOfAnAddressAreRefused(String text) {
    assertThrows(ConfigException.class, () -> NodeAddress.parse("join", text));
    refusal(Map.of("join", List.of(text)));
  }
}
