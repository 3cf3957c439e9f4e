package dev.carillon.chaos.lab;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Breaks the cluster, mends it, waits until it is well, and begins again, by a seed, with each
 * fault as often as any other. Blocks.
 */
public final class Nemesis {
  private static final int CALM_SECONDS = 6;

  /** After so long a node that could not be heard for most of 8 s may still be removed. */
  private static final int FOLLOWS_MILLIS = 8_000;

  private final Cluster cluster;
  private final History history;
  private final Crowd crowd;
  private final Plan plan;
  private final Random random;
  private final Damage damage;
  private final List<Fault> done = new ArrayList<>();
  private final Deque<Fault> next = new ArrayDeque<>();
  private int strikes;
  private Operation latest = Operation.of("nemesis", Op.UNHEALED);

  /** The clients of the run, as far as faults have to do with them. */
  public interface Crowd {
    /** Clients that do not read connect. */
    void beginSlow();

    /** They are gone. */
    void endSlow();

    /** A part of those who went to other nodes begins to go back to its own. */
    void goBack();

    /** Waits until every node has somebody who publishes and somebody who is subscribed. */
    void awaitEverywhere();
  }

  /** A nemesis of one run. */
  public Nemesis(Cluster cluster, History history, Crowd crowd, Plan plan) {
    this.cluster = cluster;
    this.history = history;
    this.crowd = crowd;
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.damage = new Damage(cluster, crowd, random);
  }

  /** How often it has struck, with one fault or two. */
  public int strikes() {
    return strikes;
  }

  /** The faults that have run, in their order. */
  public List<Fault> done() {
    return List.copyOf(done);
  }

  /**
   * One fault, or one and another that follows it, from the beginning until all nodes are ready
   * again and know each other; and a calm in which clients go back.
   *
   * @throws LabException if the nodes do not get well, which the history says then, or the lab
   *     fails
   */
  public void strike() {
    try {
      strikeAndHeal();
    } catch (LabException failed) {
      if (failed.isUnwell()) {
        history.add(latest);
      }
      throw failed;
    }
  }

  private void strikeAndHeal() {
    crowd.awaitEverywhere();
    var fault = next();
    int target = random.nextInt(cluster.nodes().size());
    run(fault, target);
    var following = plan.after(fault);
    if (!following.isEmpty()) {
      Pause.millis(500 + random.nextInt(FOLLOWS_MILLIS));
      cluster.nodes().forEach(LabNode::supervise);
      fault = following.get(random.nextInt(following.size()));
      target = damage.other(target);
      run(fault, target);
    }
    cluster.awaitWhole();
    history.add(operation(Op.HEALED, fault, target));
    strikes++;
    crowd.goBack();
    Pause.seconds(CALM_SECONDS + random.nextInt(CALM_SECONDS));
  }

  private Fault next() {
    if (next.isEmpty()) {
      var round = new ArrayList<>(plan.faults());
      Collections.shuffle(round, random);
      next.addAll(round);
    }
    return next.remove();
  }

  private void run(Fault fault, int target) {
    history.add(operation(Op.FAULT, fault, target));
    latest = operation(Op.UNHEALED, fault, target);
    damage.run(fault, target);
    history.add(operation(Op.MENDED, fault, target));
    done.add(fault);
  }

  private Operation operation(Op op, Fault fault, int target) {
    var node = fault.strikesOne() ? cluster.nodes().get(target).name() : "";
    return Operation.of("nemesis", op).with(fault.word()).on(node);
  }
}
