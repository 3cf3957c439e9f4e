package dev.carillon.cluster;

import dev.carillon.node.MemberAnswer;
import dev.carillon.node.MemberQuestion;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.NodeLinks;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where this node stands in the cluster: whether it hears the majority, and, because what it sees
 * may be old, whether the others see it.
 */
final class StandingCheck {

  private static final long ANSWER_MILLIS = 500;

  private final HazelcastMembership membership;
  private final NodeLinks links;
  private final ClusterOptions options;

  StandingCheck(HazelcastMembership membership, NodeLinks links, ClusterOptions options) {
    this.membership = membership;
    this.links = links;
    this.options = options;
  }

  /** Answers what others ask. */
  void open() {
    links.onQuery(
        MemberQuestion.class,
        question ->
            Future.succeededFuture(
                new MemberAnswer(
                    membership.nodes().stream()
                        .anyMatch(node -> node.incarnation().equals(question.node())))));
  }

  /**
   * Whether the core nodes that this one sees and hears are a majority, itself included when it is
   * one. A node is heard while its link is not silent, which is known seconds before the data grid
   * removes it ({@code links.silence_timeout}).
   */
  boolean hearsMajority() {
    long heard =
        membership.nodes().stream()
            .filter(Role::isCore)
            .filter(node -> !membership.isSuspect(node.incarnation()))
            .count();
    return heard >= options.majority();
  }

  /** Whether this node may change streams; one that keeps none may always. */
  boolean hasTerm() {
    return membership.hasTerm();
  }

  /** Whether this node sees no other one. */
  boolean isAlone() {
    return membership.nodes().size() == 1;
  }

  /**
   * Whether this node is a member: the majority of the core nodes says so, itself included. Where
   * no majority is expected, all others that this node sees have to.
   */
  Future<Boolean> isMember() {
    var core = membership.nodes().stream().filter(Role::isCore).toList();
    var self = membership.self();
    var others =
        core.stream().filter(node -> !node.incarnation().equals(self.incarnation())).toList();
    int own = Role.isCore(self) ? 1 : 0;
    int needed = options.guarded() ? options.majority() : own + others.size();
    var answers = others.stream().map(node -> ask(node, self)).toList();
    return Future.join(answers).map(all -> own + yes(answers) >= needed);
  }

  private Future<Boolean> ask(NodeInfo node, NodeInfo self) {
    return links
        .query(node.incarnation(), new MemberQuestion(self.incarnation()), MemberAnswer.class)
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .map(MemberAnswer::known)
        .otherwise(false);
  }

  private static long yes(List<Future<Boolean>> answers) {
    return answers.stream().filter(Future::result).count();
  }
}
