package dev.carillon.launch.centrifugo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.Sources;
import dev.carillon.redis.RedisEngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of Redis in a configuration of Centrifugo. */
class CentrifugoRedisTest {

  @TempDir private Path directory;

  private Configuration load(String yaml) throws IOException {
    var file = Files.writeString(directory.resolve("config.yaml"), yaml);
    var nothing = Files.writeString(directory.resolve("carillon.yaml"), "");
    return Configuration.load(
        new Sources(new CentrifugoFile(file, false), nothing, Map.of(), Map.of()));
  }

  private RedisEngineOptions redis(String yaml) throws IOException {
    var configuration = load(yaml);
    assertEquals("redis", configuration.text("engine.streams"));
    return configuration.options(RedisEngineOptions.class);
  }

  private String refusal(String yaml) {
    return String.valueOf(assertThrows(RuntimeException.class, () -> load(yaml)).getMessage());
  }

  @Test
  void theEngineIsTakenOver() throws IOException {
    var redis =
        redis(
            """
            engine:
              type: redis
              redis:
                prefix: shop
                address: redis://127.0.0.2:6380
                connect_timeout: 2s
                io_timeout: 1500ms
                db: 3
                user: ann
                password: secret
                client_name: left
                presence_ttl: 1m30s
                tls: {enabled: true, server_ca_pem: ca.pem, cert_pem: c.pem, key_pem: k.pem}
            """);
    assertEquals("shop", redis.keyPrefix());
    assertEquals("127.0.0.2:6380", redis.address());
    assertEquals(Duration.ofSeconds(2), redis.connectTimeout());
    assertEquals(Duration.ofMillis(1_500), redis.commandTimeout());
    assertEquals("3 ann secret", redis.database() + " " + redis.user() + " " + redis.password());
    assertTrue(redis.tls().enabled());
    assertEquals(
        "ca.pem c.pem k.pem",
        redis.tls().caPemFile() + " " + redis.tls().certPemFile() + " " + redis.tls().keyPemFile());
  }

  @Test
  void theAddressMaySayTheRest() throws IOException {
    var redis =
        redis(
            "engine: {type: redis, redis: {address: ['rediss://ann:p%40ss@redis.lan/2'], db: 1}}");
    assertEquals("redis.lan:6379", redis.address());
    assertEquals("2 ann p@ss", redis.database() + " " + redis.user() + " " + redis.password());
    assertTrue(redis.tls().enabled());
    assertEquals("a:1", redis("engine: {type: redis, redis.address: 'a:1'}").address());
    assertEquals(
        "pass", redis("engine: {type: redis, redis.address: 'redis://:pass@a'}").password());
  }

  @Test
  void aBrokerOfItsOwnWins() throws IOException {
    var engine = "engine: {type: redis, redis: {address: 'a:1', password: x}}\n";
    var broker = "broker: {enabled: %s, type: redis, redis: {address: 'b:2'}}\n";
    assertEquals("b:2", redis(engine + broker.formatted(true)).address());
    assertEquals("", redis(engine + broker.formatted(true)).password());
    assertEquals("a:1", redis(broker.formatted(false) + engine).address());
    assertEquals(
        "b:2",
        redis("broker.enabled: true\nbroker.type: redis\nbroker.redis.address: b:2").address());
  }

  @Test
  void whatIsNotSwitchedOnCountsForNothing() throws IOException {
    var configuration = load("engine: {type: memory, redis: {address: 'a:1', db: 7}}");
    assertEquals("hazelcast", configuration.text("engine.streams"));
    assertEquals("127.0.0.1:6379", configuration.text("redis.address"));
    assertTrue(refusal("engine: {redis: {addres: 'a:1'}}").contains("engine.redis.address"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis+sentinel://s:p@a?sentinel_master_name=m | redis.address = (set) (expected: one host",
        "redis+cluster://a:1 | redis.address = (set) (expected: one host:port or redis://",
        "unix:///tmp/r | redis.address = (set) (expected: one host:port",
        "redis://a?io_timeout=1s | and no options after it)",
        "nowhere | redis.address = nowhere (expected: host:port)"
      })
  void anAddressOfAnotherKindIsNamed(String address, String line) {
    var said = refusal("engine: {type: redis, redis: {address: '" + address + "'}}");
    assertTrue(said.contains(line), said);
  }

  @Test
  void whatIsMissingIsRefusedWithFileAndLine() {
    var two = "engine: {type: redis, redis: {address: ['a:1', 'b:2']}}";
    assertTrue(refusal(two).contains(":1: redis.address = 2 addresses (expected: one"), two);
    assertTrue(
        refusal("engine:\n  type: redis\n  redis:\n    sentinel_master_name: m")
            .contains(":4: engine.redis.sentinel_master_name: not yet (Redis Sentinel and Redis"));
    assertTrue(
        refusal("broker: {enabled: true, type: nats}")
            .contains(":1: broker.type: not yet (expected: memory or redis)"));
    var pem = "engine: {type: redis, redis: {tls: {server_ca_pem: \"-----\\nx\"}}}";
    assertTrue(refusal(pem).contains("redis.tls.ca_pem_file = (set) (expected: the path of"), pem);
  }
}
