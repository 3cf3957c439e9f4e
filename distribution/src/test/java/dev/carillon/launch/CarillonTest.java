package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarillonTest {

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path directory;

  private static Outcome run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var systemOut = System.out;
    var systemErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = Carillon.execute(arguments);
      return new Outcome(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(systemOut);
      System.setErr(systemErr);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start --nmae n1|(expected: --name; ",
        "start --set port|./carillon start: --set port (expected: KEY=VALUE)",
        "start --bogus|(expected: see ./carillon start --help)",
        "strat|./carillon: 'strat' (expected: start; ",
        "bogus|(expected: start, test, chaos, config, token, certs or version)",
        "token|--user",
        "token --user|--user",
        "token --user ada --ttl soon|a duration such as",
        "token --user ada --info Ada|a JSON object",
        "certs --out x --node n1 --days soon|'--days': soon (expected: a whole number)",
        "config now|'now' (expected: see ./carillon config --help",
        "start --ignore-unsupported|together with --centrifugo-config",
      })
  void wrongArgumentsAreOneLineThatSaysWhatWasExpected(String arguments, String expected) {
    var outcome = run(arguments.split(" "));
    assertEquals(2, outcome.code, outcome::toString);
    assertEquals(1, outcome.err.lines().count(), outcome::toString);
    assertTrue(outcome.err.contains(expected), outcome::toString);
  }

  @Test
  void whatCantBeTakenOverFromAnotherServerStopsTheStart() throws IOException {
    var file = directory.resolve("config.json");
    Files.writeString(file, "{\"uni_sse\": {\"enabled\": true}, \"license\": \"x\"}");
    var outcome = run("start", "--centrifugo-config", file.toString());
    assertEquals(1, outcome.code, outcome::toString);
    assertEquals(3, outcome.err.lines().count(), outcome::toString);
    assertTrue(
        outcome.err.contains("config.json:1: uni_sse.enabled: not yet (one-way transports)"));
    assertTrue(outcome.err.contains("config.json:1: license: unsupported"), outcome::toString);

    var shown = run("config", "--centrifugo-config", file.toString(), "--ignore-unsupported");
    assertEquals(0, shown.code, shown::toString);
  }

  @Test
  void noCommandIsAWrongArgument() {
    var outcome = run();
    assertEquals(2, outcome.code);
    assertTrue(
        outcome.err.contains("expected: start, test, chaos, config, token, certs or version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "-V"})
  void theVersionIsOneLine(String argument) {
    var outcome = run(argument);
    assertEquals(0, outcome.code, outcome::toString);
    assertTrue(outcome.out.matches("Carillon \\S+, Java \\S+\\R"), outcome::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "start", "test", "chaos", "config", "token", "certs", "version"})
  void everyCommandHasHelp(String command) {
    var outcome = command.isEmpty() ? run("--help") : run(command, "--help");
    assertEquals(0, outcome.code, outcome::toString);
    assertTrue(outcome.out.contains("Usage: ./carillon"), outcome::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "config", "token --user ada"})
  void aSettingThatCantBeUsedEndsWithOneAndOneLine(String command) {
    var outcome = run((command + " --set shutdown.tiemout=5s").split(" "));
    assertEquals(1, outcome.code, outcome::toString);
    assertEquals(
        "--set: shutdown.tiemout = 5s (expected: a known key; nearest: shutdown.timeout)",
        outcome.err.strip());
  }

  @Test
  void aKeyThatIsLikeNoOtherGetsNoAdvice() {
    var outcome = run("config", "--set", "foo.bar=1");
    assertEquals("--set: foo.bar = 1 (expected: a known key)", outcome.err.strip());
  }

  @Test
  void aTokenIsForAChannelThatHasAName() {
    var outcome = run("token", "--user", "ada", "--channel", "");
    assertEquals(2, outcome.code, outcome::toString);
    assertTrue(outcome.err.contains("--channel '' (expected: the name of a"), outcome::toString);
  }

  @Test
  void aTokenWhoseSecretIsNewSaysThatNoNodeHasIt() {
    var state = "state_dir=" + directory;
    var first = run("token", "--user", "", "--ttl", "0s", "--set", state);
    assertEquals(0, first.code, first::toString);
    assertEquals(1, first.out.lines().count(), first::toString);
    assertEquals(1, first.err.lines().count(), first::toString);
    assertTrue(first.err.startsWith(directory.resolve("token-hmac-key") + " was made just now"));
    assertEquals("", run("token", "--user", "ada", "--set", state).err);
  }

  @Test
  void whoConfiguredTheSecretOfTokensIsToldNothing() {
    var key = "client.token.hmac_secret_key=a secret for connections, 32 bytes+";
    var outcome = run("token", "--user", "ada", "--set", key, "--set", "state_dir=" + directory);
    assertEquals(0, outcome.code, outcome::toString);
    assertEquals("", outcome.err);
  }

  @Test
  void configPrintsWhatIsSet() {
    var outcome = run("config", "--set", "shutdown.timeout=5s");
    assertEquals(0, outcome.code, outcome::toString);
    assertTrue(outcome.out.contains("shutdown.timeout: 5s  # --set"), outcome::toString);
  }

  @Test
  void aTokenSaysWhoWhatAndHowLong() {
    var outcome =
        run(
            "token",
            "--user",
            "ada",
            "--info",
            "{\"name\":\"Ada\"}",
            "--channel",
            "chat:lobby",
            "--ttl",
            "90s",
            "--set",
            "state_dir=" + directory);
    assertEquals(0, outcome.code, outcome::toString);
    var parts = outcome.out.strip().split("\\.");
    var claims =
        new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    assertEquals("ada", claims.getString("sub"));
    assertEquals("chat:lobby", claims.getString("channel"));
    assertEquals(new JsonObject().put("name", "Ada"), claims.getJsonObject("info"));
    long left = claims.getLong("exp") - System.currentTimeMillis() / 1000;
    assertTrue(left > 60 && left <= 90, () -> left + " s left");
  }

  @Test
  void configSaysThatASecretOfTheStateDirectoryIsSet() {
    var state = "state_dir=" + directory;
    var before = run("config", "--set", state);
    assertTrue(before.out.contains("admin.password: (not set)"), before::toString);
    assertFalse(Files.exists(directory.resolve("console-password")));
    assertEquals(0, run("token", "--user", "ada", "--set", state).code);
    var after = run("config", "--set", state);
    var source = directory.resolve("console-password").toString();
    assertTrue(after.out.contains("admin.password: (set)  # " + source), after::toString);
  }

  @Test
  void whoLetsOthersSignTokensGetsNoKeyOfItsOwn() throws Exception {
    var file = Files.writeString(directory.resolve("c.yaml"), "log.level: info\n").toString();
    var keys = "client.token.jwks_public_endpoint=https://id.example.org/keys";
    var state = "state_dir=" + directory;
    var outcome = run("token", "--user", "ada", "--config", file, "--set", keys, "--set", state);
    assertEquals(1, outcome.code, outcome::toString);
    assertTrue(outcome.err.contains("client.token.hmac_secret_key is not set"), outcome::toString);
    assertFalse(Files.exists(directory.resolve("token-hmac-key")));
  }

  @Test
  void aTokenForAChannelIsSignedWithTheKeyOfSuchTokens() throws Exception {
    var secret = "a secret for subscriptions alone, 32+";
    var key = "client.subscription_token.hmac_secret_key=" + secret;
    var state = "state_dir=" + directory;
    var outcome = run("token", "--user", "ada", "--channel", "a", "--set", key, "--set", state);
    var token = JWSObject.parse(outcome.out.strip());
    assertTrue(token.verify(new MACVerifier(secret)), outcome::toString);
  }

  @Test
  void versionNamesBothVersions() {
    var outcome = run("version");
    assertEquals(0, outcome.code);
    assertTrue(outcome.out.matches("Carillon \\S+, Java \\S+\\s+"), outcome::toString);
  }
}
