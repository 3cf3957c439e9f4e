package dev.carillon.cluster.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.StreamsContract;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.seal.PayloadKeys;
import dev.carillon.cluster.seal.Seal;
import dev.carillon.cluster.seal.SealedStreams;
import dev.carillon.cluster.seal.UnreadablePayload;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Streams;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Streams that are sealed keep the promises of all streams, and the grid sees ciphertext. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealedStreamsTest extends StreamsContract {

  private static final HistoryQuery ALL = new HistoryQuery(null, 100, false);

  private final Vertx vertx = Vertx.vertx();
  private final TestGrid grid = TestGrid.of(2);
  private final Streams unsealed = grid.streams(vertx, 0, 1);
  private final Streams streams = new SealedStreams(unsealed, seal("a"));

  private static Seal seal(String digit) {
    var options = OptionReader.read(ClusterOptions.class, Map.of("payload_key", digit.repeat(64)));
    return new Seal(PayloadKeys.of(options).orElseThrow());
  }

  @AfterAll
  void close() {
    vertx.close().await();
    grid.close();
  }

  @Override
  protected Streams streams() {
    return streams;
  }

  @Override
  protected Vertx vertx() {
    return vertx;
  }

  private static NewPublication said(String text, String key) {
    var ada = new ClientInfo("ada", "c1", Bytes.utf8("{\"name\":\"Ada\"}"), Bytes.EMPTY);
    return new NewPublication(Bytes.utf8(text), ada, Map.of("lang", "klingon"), key);
  }

  /** What a copy, a migration or a heap dump of another member would hold. */
  @Test
  void theDataGridHoldsAndSendsNoPlaintext() {
    streams.append("hidden", said("\"secret words\"", "k1"), KEPT).await();
    for (int member = 0; member < 2; member++) {
      var held = Objects.requireNonNull(grid.map(member).get("hidden")).encode();
      var text = new String(held, StandardCharsets.ISO_8859_1);
      for (var word : new String[] {"secret", "ada", "Ada", "klingon"}) {
        assertFalse(text.contains(word), word);
      }
    }
    var read = streams.read("hidden", ALL, KEPT).await().publications().get(0);
    assertEquals(said("\"secret words\"", "k1").info(), read.info());
  }

  @Test
  void aDuplicateIsToldAsItWasStored() {
    streams.append("twice", said("\"first\"", "k1"), KEPT).await();
    var again = streams.append("twice", said("\"second\"", "k1"), KEPT).await();
    assertTrue(again.duplicate());
    assertEquals(Bytes.utf8("\"first\""), again.publication().data());
  }

  @Test
  void whatWasPutInByOthersFailsTheReadWithItsPosition() {
    unsealed.append("forged", said("\"forged\"", "k1"), KEPT).await();
    var refused =
        assertThrows(UnreadablePayload.class, () -> streams.read("forged", ALL, KEPT).await());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("1 of forged in epoch "), refused::toString);
  }

  @Test
  void whoHasAnotherKeyReadsNothing() {
    streams.append("other", said("\"x\"", "k1"), KEPT).await();
    var stranger = new SealedStreams(unsealed, seal("b"));
    var refused =
        assertThrows(UnreadablePayload.class, () -> stranger.read("other", ALL, KEPT).await());
    assertTrue(
        String.valueOf(refused.getMessage()).contains(" is sealed with key "), refused::toString);
  }
}
