package dev.carillon.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * How far one node has followed the logs of the streams' changes. It says what to ask the owners
 * for, and what their answers mean: channels that changed, and parts whose log can't tell, all of
 * whose channels have to be compared. That is so for a log that is new to it (the part has another
 * owner, or its owner began anew), one that forgot what was not yet asked for, and one that may
 * have been blind for a while.
 */
public final class ChangeFollower {

  /**
   * What is to be looked at.
   *
   * @param changes where streams stand
   * @param lost parts of which every channel may have changed
   */
  public record Findings(List<StreamChange> changes, Set<Integer> lost) {}

  private final ChangeVersion[] seen;

  /** Parts whose answer is under way. */
  private final BitSet asked;

  /** Parts whose answer, when it comes, may tell too little. */
  private final BitSet unsettled;

  /**
   * @param parts of the streams
   */
  public ChangeFollower(int parts) {
    seen = new ChangeVersion[parts];
    Arrays.fill(seen, ChangeVersion.NONE);
    asked = new BitSet(parts);
    unsettled = new BitSet(parts);
  }

  /**
   * What to ask for now. Whatever is in it is under way until {@link #answered} or {@link #failed}.
   *
   * @param open whether this node follows a channel of the part; the other parts are asked for
   *     once, so that there is something to go on from when a channel is opened
   */
  public Map<Integer, ChangeVersion> question(IntPredicate open) {
    Map<Integer, ChangeVersion> question = new HashMap<>();
    for (int part = 0; part < seen.length; part++) {
      boolean fresh = seen[part].equals(ChangeVersion.NONE);
      if (!asked.get(part) && (fresh || open.test(part))) {
        asked.set(part);
        question.put(part, seen[part]);
      }
    }
    return question;
  }

  /** The owner of these parts has answered; those of which nothing is said have not changed. */
  public Findings answered(Set<Integer> parts, List<Changes> answer) {
    List<StreamChange> changes = new ArrayList<>();
    Set<Integer> lost = new TreeSet<>();
    for (Changes each : answer) {
      int part = each.part();
      // An answer to a question that was asked before the log became doubtful: asked again.
      if (parts.contains(part) && !unsettled.get(part)) {
        seen[part] = each.upTo();
        changes.addAll(each.changes());
        if (each.lost()) {
          lost.add(part);
        }
      }
    }
    failed(parts);
    return new Findings(changes, lost);
  }

  /** Nobody answered for these parts; they are asked for again with the next question. */
  public void failed(Set<Integer> parts) {
    for (int part : parts) {
      asked.clear(part);
      unsettled.clear(part);
    }
  }

  /** The part has moved: its log may have missed something, even when it is the one we know. */
  public void unsettle(int part) {
    seen[part] = ChangeVersion.NONE;
    unsettled.set(part, asked.get(part));
  }

  /** Anything may have been missed. */
  public void unsettleAll() {
    for (int part = 0; part < seen.length; part++) {
      unsettle(part);
    }
  }
}
