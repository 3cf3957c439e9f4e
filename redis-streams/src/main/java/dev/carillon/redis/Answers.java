package dev.carillon.redis;

import dev.carillon.channel.History;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams.Appended;
import dev.carillon.stream.ChangeVersion;
import dev.carillon.stream.Changes;
import dev.carillon.stream.StreamChange;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the scripts answer. */
final class Answers {

  private Answers() {}

  static List<Appended> appended(Response answer, List<NewPublication> publications) {
    String epoch = answer.get(0).toString();
    List<Appended> all = new ArrayList<>(publications.size());
    for (int i = 0; i < publications.size(); i++) {
      int at = 1 + 3 * i;
      StreamPosition position = new StreamPosition(answer.get(at).toLong(), epoch);
      long time = answer.get(at + 1).toLong();
      all.add(appended(position, time, answer.get(at + 2), publications.get(i)));
    }
    return all;
  }

  /**
   * @param stored what was stored under the same key before; null when there was nothing
   */
  private static Appended appended(
      StreamPosition position, long time, @Nullable Response stored, NewPublication publication) {
    byte[] body = stored == null ? new byte[0] : stored.toBytes();
    Publication result =
        body.length > 0
            ? StoredBody.decode(body, position, time)
            : publication.at(position.offset(), position.epoch(), time);
    return new Appended(result, stored != null);
  }

  static History history(Response answer) {
    StreamPosition top = position(answer);
    List<Publication> publications = new ArrayList<>();
    for (int at = 2; at + 2 < answer.size(); at += 3) {
      StreamPosition position = new StreamPosition(answer.get(at).toLong(), top.epoch());
      long time = answer.get(at + 1).toLong();
      publications.add(StoredBody.decode(answer.get(at + 2).toBytes(), position, time));
    }
    return new History(top, publications);
  }

  /** For each part what its log says after the version that was seen, if it says anything. */
  static List<Changes> changes(
      List<Integer> parts, Map<Integer, ChangeVersion> seen, List<Response> answers) {
    List<Changes> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Changes changes = changes(parts.get(i), answers.get(i));
      if (changes.lost() || !changes.upTo().equals(seen.get(parts.get(i)))) {
        all.add(changes);
      }
    }
    return all;
  }

  private static Changes changes(int part, Response answer) {
    ChangeVersion upTo = new ChangeVersion(answer.get(0).toLong(), answer.get(1).toLong());
    List<StreamChange> changes = new ArrayList<>();
    for (int at = 3; at + 2 < answer.size(); at += 3) {
      StreamPosition top =
          new StreamPosition(answer.get(at + 2).toLong(), answer.get(at + 1).toString());
      changes.add(new StreamChange(answer.get(at).toString(), top));
    }
    return new Changes(part, upTo, answer.get(2).toInteger() == 1, changes);
  }

  /** Epoch and top are the first two. */
  static StreamPosition position(Response answer) {
    return new StreamPosition(answer.get(1).toLong(), answer.get(0).toString());
  }
}
