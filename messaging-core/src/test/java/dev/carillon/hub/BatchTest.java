package dev.carillon.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.protocol.Encoding;
import dev.carillon.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final Protocol JSON = Protocol.of(Encoding.JSON);

  private final Batch root = Batch.empty();
  private final List<Frame> made = new ArrayList<>();

  private static Frame frame(String text) {
    return new Frame(Bytes.utf8(text));
  }

  private List<String> texts(Batch batch) {
    return batch.frames(JSON, made).stream().map(frame -> frame.payload().asUtf8()).toList();
  }

  @Test
  void oneFrameIsPassedOnAsItIs() {
    Frame one = frame("a");
    assertSame(one, root.with(one).frames(JSON, made).get(0));
    assertEquals(List.of(one), made);
  }

  @Test
  void whoIsSentTheSameGetsTheSameFrames() {
    Frame a = frame("a");
    Frame b = frame("b");
    Batch ann = root.with(a);
    Batch bob = root.with(a);
    assertSame(ann.with(b), bob.with(b));
    assertEquals(List.of("a\nb"), texts(ann.with(b)));
    assertSame(ann.with(b).frames(JSON, made).get(0), bob.with(b).frames(JSON, made).get(0));
    assertEquals(1, made.size(), "released once");
  }

  @Test
  void clientsOfSeveralEncodingsMayFollowEachOtherInAnyOrder() {
    Frame a = frame("a");
    Frame b = frame("b");
    List<Frame> forms = List.of(frame("1"), frame("2"), frame("3"), frame("4"), a, b);
    List<Batch> first = forms.stream().map(root::with).toList();
    assertEquals(first, forms.stream().map(root::with).toList());
    assertSame(root.with(a).with(b), root.with(a).with(b));
  }

  @Test
  void whatIsForOneAloneIsNotSentToOthers() {
    Frame a = frame("a");
    Batch ann = root.withOwn(frame("r")).with(a);
    Batch bob = root.with(a);
    assertEquals(List.of("r\na"), texts(ann));
    assertEquals(List.of("a"), texts(bob));
    assertSame(bob, root.with(a), "still shared by those who come later");
  }

  @Test
  void aFrameHasSixteenRepliesAtMost() {
    Batch batch = root;
    for (int i = 0; i < 33; i++) {
      batch = batch.with(frame("x"));
    }
    List<String> texts = texts(batch);
    assertEquals(List.of(31, 31, 1), texts.stream().map(String::length).toList());
  }

  @Test
  void aFrameHas64KibAtMostUnlessOneReplyHasMore() {
    Batch batch =
        root.with(frame("a".repeat(40_000)))
            .with(frame("b".repeat(20_000)))
            .with(frame("c".repeat(20_000)))
            .with(frame("d".repeat(100_000)));
    List<Integer> lengths = texts(batch).stream().map(String::length).toList();
    assertEquals(List.of(60_001, 20_000, 100_000), lengths);
  }

  @Test
  void protobufHasNothingBetweenReplies() {
    Batch batch = root.with(frame("\u0001a")).with(frame("\u0001b"));
    List<Frame> frames = batch.frames(Protocol.of(Encoding.PROTOBUF), made);
    assertEquals("\u0001a\u0001b", frames.get(0).payload().asUtf8());
  }

  @Test
  void nothingIsEmpty() {
    assertTrue(root.isEmpty());
  }
}
