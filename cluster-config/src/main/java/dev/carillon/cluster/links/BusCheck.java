package dev.carillon.cluster.links;

import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkPing;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks this node itself and every other one over the bus. A partition that has healed may leave
 * another node without the addresses of this one; this one notices when the other answers its
 * questions but is not heard otherwise, because answers need no address. After two such tests in a
 * row it registers its addresses again. Whether the cluster knows them at all, the registry of the
 * bus looks after: what is for an address that nobody knows is delivered where it was sent.
 *
 * <p>Another node that does not answer is told, and makes this one unfit only when none of several
 * does: one that hangs must not take the others out of service.
 */
final class BusCheck {

  private static final Logger LOG = LoggerFactory.getLogger(BusCheck.class);

  /** Failed tests in a row, after which the consumers are registered again. */
  private static final int FAILED_TESTS = 2;

  private final LinkBus bus;
  private final LinkLoop loop;
  private final Function<Incarnation, String> names;

  // Owned by the event loop of the links.
  private int failed;

  /**
   * @param names of nodes, as operators know them
   */
  BusCheck(LinkBus bus, LinkLoop loop, Function<Incarnation, String> names) {
    this.bus = bus;
    this.loop = loop;
    this.names = names;
  }

  /** The addresses are others from now on. */
  void renew() {
    failed = 0;
  }

  /** Never fails; takes as long as a question may take. */
  Future<BusHealth> run(Incarnation self) {
    Collection<Incarnation> peers = loop.peers();
    List<Incarnation> silent = new ArrayList<>();
    List<Incarnation> deaf = new ArrayList<>();
    List<Future<Boolean>> answers = new ArrayList<>();
    Future<Boolean> own = answers(self, self);
    answers.add(own);
    for (Incarnation peer : peers) {
      answers.add(answers(self, peer).onSuccess(well -> note(peer, well, silent, deaf)));
    }
    return Future.join(answers).map(done -> judge(own.result(), peers.size(), silent, deaf));
  }

  private Future<Boolean> answers(Incarnation self, Incarnation node) {
    return bus.query(node, new LinkPing(self, 0, 0), LinkAck.class).map(true).otherwise(false);
  }

  private void note(
      Incarnation peer, boolean well, List<Incarnation> silent, List<Incarnation> deaf) {
    if (!well) {
      silent.add(peer);
    } else if (loop.hearing().isSilent(peer)) {
      deaf.add(peer);
    }
  }

  private BusHealth judge(
      boolean own, int peers, List<Incarnation> silent, List<Incarnation> deaf) {
    failed = own && deaf.isEmpty() ? 0 : failed + 1;
    if (failed >= FAILED_TESTS) {
      failed = 0;
      LOG.warn("the bus does not bring what is for this node: registering its addresses again");
      bus.unregister().compose(gone -> bus.register());
    }
    if (!own) {
      return new BusHealth(false, "does not answer");
    }
    if (!deaf.isEmpty()) {
      return new BusHealth(false, "brings nothing from " + named(deaf));
    }
    if (silent.isEmpty()) {
      return new BusHealth(true, "answers");
    }
    boolean cutOff = peers > 1 && silent.size() == peers;
    return new BusHealth(!cutOff, "no answer from " + named(silent));
  }

  private String named(List<Incarnation> nodes) {
    return nodes.stream().map(names).sorted().collect(Collectors.joining(", "));
  }
}
