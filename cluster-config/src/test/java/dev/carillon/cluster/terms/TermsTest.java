package dev.carillon.cluster.terms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.version.MemberVersion;
import dev.carillon.broker.FreePorts;
import dev.carillon.cluster.streams.TestGrid;
import dev.carillon.cluster.terms.TermCall.Step;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one member knows of the copies, and what it is told of the members. */
class TermsTest {

  private final TestGrid grid = TestGrid.of(1);
  private final HazelcastInstance member = grid.members().get(0);
  private final Member self = member.getCluster().getLocalMember();
  private final Terms terms = Terms.install(new HashMap<>());
  private final Term term = new Term(1, Terms.present(member));

  @AfterEach
  void close() {
    grid.close();
  }

  private void remember() {
    var standing = terms.answer(Step.ASK, new Term(0, term.members()), 0, member);
    terms.answer(Step.REMEMBER, term, standing.memory().changes(), member);
  }

  private static Member other() throws UnknownHostException {
    var address = new Address("127.0.0.1", FreePorts.next());
    var version = MemberVersion.of("5.6.0");
    return new MemberImpl.Builder(address).version(version).uuid(UUID.randomUUID()).build();
  }

  @Test
  void itKnowsNothingAnyMoreWhenAnotherOneHasCome() throws UnknownHostException {
    terms.hear(List.of(self), member);
    terms.answer(Step.PROMISE, term, 0, member);
    terms.answer(Step.BEGIN, term, 0, member);
    remember();
    assertEquals(1, terms.among(member));

    terms.hear(List.of(self, other()), member);

    assertEquals(0, terms.among(member));
  }

  /** Who has gone is still among the members that the data grid tells with the next one. */
  @Test
  void itKnowsAgainWhenItIsToldOfOneThatHasGone() throws UnknownHostException {
    terms.hear(List.of(self, other()), member);
    terms.answer(Step.PROMISE, term, 0, member);
    terms.answer(Step.BEGIN, term, 0, member);

    remember();

    assertEquals(1, terms.among(member));
  }

  @Test
  void whatItWasNotToldOfInOrderItDoesNotKnow() {
    terms.answer(Step.PROMISE, term, 0, member);
    terms.answer(Step.BEGIN, term, 0, member);

    remember();

    assertEquals(0, terms.among(member), "it has not been told of itself");
  }
}
