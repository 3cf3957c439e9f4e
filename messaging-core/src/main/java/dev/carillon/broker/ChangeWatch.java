package dev.carillon.broker;

import dev.carillon.port.Streams.Inquiry;
import dev.carillon.stream.ChangeFollower;
import dev.carillon.stream.ChangeFollower.Findings;
import dev.carillon.stream.StreamChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks the owners of the streams what has changed, and hands it to the loops, so that a publication
 * that no link brought is found. Costs as much as there were changes, however many channels are
 * open. Owned by the event loop of the first FeedLoop.
 */
final class ChangeWatch {

  private final FeedShared shared;
  private final List<FeedLoop> loops;
  private final Function<String, FeedLoop> loopOf;
  private final ChangeFollower follower;

  ChangeWatch(FeedShared shared, List<FeedLoop> loops, Function<String, FeedLoop> loopOf) {
    this.shared = shared;
    this.loops = loops;
    this.loopOf = loopOf;
    this.follower = new ChangeFollower(shared.streams().parts());
  }

  /** Asks whoever does not owe an answer. */
  void ask() {
    var question = follower.question(shared.parts()::isOpen);
    if (!question.isEmpty()) {
      shared.streams().changes(question).forEach(this::await);
    }
  }

  /** Takes nothing for granted any more, and compares all positions. */
  void askAll() {
    follower.unsettleAll();
    ask();
  }

  void unsettle(int part) {
    follower.unsettle(part);
  }

  private void await(Inquiry inquiry) {
    inquiry
        .answer()
        .onSuccess(answer -> found(follower.answered(inquiry.parts(), answer)))
        .onFailure(failure -> follower.failed(inquiry.parts()));
  }

  private void found(Findings findings) {
    shared.counts().changes.add(findings.changes().size());
    Map<FeedLoop, List<StreamChange>> byLoop = new HashMap<>();
    for (StreamChange change : findings.changes()) {
      byLoop
          .computeIfAbsent(loopOf.apply(change.channel()), fresh -> new ArrayList<>())
          .add(change);
    }
    byLoop.forEach((loop, some) -> loop.context().runOnContext(go -> loop.changed(some)));
    if (!findings.lost().isEmpty()) {
      shared.counts().lostLogs.add(findings.lost().size());
      loops.forEach(loop -> loop.context().runOnContext(go -> loop.compareAll(findings.lost())));
    }
  }
}
