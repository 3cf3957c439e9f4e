package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.acceptance.tools.Browsers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two people in two browsers, served by two nodes, one of which is killed. */
class ChatPageIT {
  private static final Duration SEEN = Duration.ofSeconds(60);
  private static final int MESSAGES = 5;

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess first;
  private static NodeProcess second;
  private static Browsers browsers;
  private static SdkHost host;

  @BeforeAll
  static void startTwoNodesAndABrowser() throws IOException {
    first = NODES.start("n1").awaitReady();
    second = NODES.start("n2", "--join", first.clusterAddress()).awaitReady();
    browsers = new Browsers();
    host = new SdkHost();
  }

  @AfterAll
  static void stopThem() throws IOException {
    browsers.close();
    host.close();
  }

  @Test
  void nothingIsMissingAlthoughTheNodeOfOneIsKilled() {
    try (ChatVisitor ada = new ChatVisitor(browsers, first, "Ada", "tower");
        ChatVisitor bob = new ChatVisitor(browsers, second, "Bob", "tower")) {
      ada.awaitServedBy(first);
      bob.awaitServedBy(second);
      Eventually.await("both see each other", SEEN, () -> ada.sees("Bob") && bob.sees("Ada"));
      List<String> said = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        say(ada, "ada " + i, said);
        bob.awaitHeard(said);
        say(bob, "bob " + i, said);
        ada.awaitHeard(said);
      }
      Accessibility.assertEverybodyCanUse(ada.visitor());
      assertEquals(List.of(), ada.visitor().faults());
      assertEquals(List.of(), bob.visitor().faults());

      SdkClient carol = host.client("carol");
      carol.connect(Http.guestToken(first, "Carol"), List.of(first.webSocketUrl()));
      carol.subscribe("chat:tower");
      second.kill();
      for (int i = 0; i < MESSAGES; i++) {
        String text = "carol " + i;
        carol.publish("chat:tower", text).join();
        said.add(text);
      }
      bob.awaitServedBy(first);
      ada.awaitHeard(said);
      bob.awaitHeard(said);
      assertEquals(List.of(), ada.visitor().faultsBesidesOutage());
      assertEquals(List.of(), bob.visitor().faultsBesidesOutage());
    }
  }

  private static void say(ChatVisitor speaker, String text, List<String> said) {
    speaker.say(text);
    said.add(text);
    speaker.awaitHeard(said);
  }
}
