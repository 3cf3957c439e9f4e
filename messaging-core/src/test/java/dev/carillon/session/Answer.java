package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SubscribeResult;
import java.util.Arrays;
import java.util.List;

/** How a subscription begins, as a test says it: what is not said is absent. */
final class Answer {

  private boolean positioned;
  private boolean recoverable;
  private StreamPosition position = StreamPosition.NONE;
  private boolean recovering;
  private boolean recovered;
  private List<Publication> publications = List.of();
  private boolean delta;
  private String data = "";
  private long ttl;

  /** Without a position. */
  static Answer plain() {
    return new Answer();
  }

  /** With a position and without the right to recover from it. */
  static Answer positioned(long offset) {
    var answer = new Answer();
    answer.positioned = true;
    answer.position = new StreamPosition(offset, "e");
    return answer;
  }

  static Answer recoverable(long offset) {
    Answer answer = positioned(offset);
    answer.recoverable = true;
    return answer;
  }

  /** Recovery was tried. */
  Answer recovering() {
    recovering = true;
    return this;
  }

  /** It was successful, with publications of these offsets. */
  Answer recovered(long... offsets) {
    recovered = true;
    publications = Arrays.stream(offsets).mapToObj(SessionFixture::publication).toList();
    return recovering();
  }

  Answer delta() {
    delta = true;
    return this;
  }

  Answer data(String json) {
    data = json;
    return this;
  }

  Answer ttl(long seconds) {
    ttl = seconds;
    return this;
  }

  SubscribeResult result() {
    return new SubscribeResult(
        positioned,
        recoverable,
        position,
        recovering,
        recovered,
        delta
            ? publications.stream().map(SentPublication::whole).toList()
            : SentPublication.plain(publications),
        delta,
        Bytes.utf8(data),
        ttl);
  }
}
