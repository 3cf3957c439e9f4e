package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.acceptance.tools.Browsers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator looks at the cluster and ends one connection. */
class ConsolePageIT {
  private static final Duration SHOWN = Duration.ofSeconds(60);

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
  void anOperatorSeesAllConnectionsAndEndsOne() throws IOException {
    SdkClient sexton = host.client("sexton");
    String token = NODES.run("token", "--user", "sexton");
    sexton.connect(token, List.of(second.webSocketUrl()));
    try (Socket echo = new Socket(InetAddress.getByName("127.0.0.1"), second.port("tcp_echo"));
        Visitor operator = new Visitor(browsers, first.http("/console/#/connections"))) {
      Accessibility.assertEverybodyCanUse(operator);
      logIn(operator, first.consolePassword());
      row(operator, "sexton").waitFor();
      row(operator, "127.0.0.1:" + echo.getLocalPort()).getByText("TCP").waitFor();
      Accessibility.assertEverybodyCanUse(operator);

      button(operator, "Disconnect sexton").click();
      Locator dialog = operator.page().getByRole(AriaRole.DIALOG);
      dialog.getByText("Disconnect", new Locator.GetByTextOptions().setExact(true)).click();
      Eventually.await(
          "sexton is told",
          SHOWN,
          () -> !sexton.events("disconnected").isEmpty(),
          () -> sexton.events().toString());
      assertEquals(3503, sexton.events("disconnected").get(0).getInteger("code"));
      Eventually.await("the row is gone", SHOWN, () -> row(operator, "sexton").count() == 0);
      assertTrue(
          first.output().stream().anyMatch(line -> line.contains("sexton")), "nothing in the log");
      assertEquals(List.of(), operator.faults());
    }
  }

  @Test
  void theNodesOfTheClusterAreShown() {
    try (Visitor operator = new Visitor(browsers, first.http("/console/#/nodes"))) {
      logIn(operator, first.consolePassword());
      for (String name : List.of("n1", "n2")) {
        row(operator, name).getByText("Live").waitFor();
      }
      Accessibility.assertEverybodyCanUse(operator);
      assertEquals(List.of(), operator.faults());
    }
  }

  @Test
  void whatIsShownComesInAChannelThatNobodyElseGets() throws IOException {
    var frames = new ArrayList<String>();
    try (Socket echo = new Socket(InetAddress.getByName("127.0.0.1"), second.port("tcp_echo"));
        Visitor operator = new Visitor(browsers, first.http("/console/"))) {
      operator
          .page()
          .onWebSocket(socket -> socket.onFrameReceived(frame -> frames.add(frame.text())));
      logIn(operator, first.consolePassword());
      String row = "\"address\":\"127.0.0.1:" + echo.getLocalPort();
      operator
          .page()
          .waitForCondition(
              () -> frames.stream().anyMatch(frame -> frame.contains(row)),
              new Page.WaitForConditionOptions().setTimeout(SHOWN.toMillis()));
      assertEquals(List.of(), operator.faults());
    }
    String channel = frames.get(0).replaceAll("(?s).*\"(\\$console:[^\"]+)\".*", "$1");
    SdkClient stranger = host.client("stranger");
    stranger.connect(NODES.run("token", "--user", "stranger"), List.of(second.webSocketUrl()));
    var refused = assertThrows(SdkException.class, () -> stranger.subscribe(channel));
    assertEquals(103, refused.code(), channel);
    stranger.disconnect();
  }

  @Test
  void aWrongPasswordLetsNobodyIn() {
    try (Visitor stranger = new Visitor(browsers, first.http("/console/"))) {
      logIn(stranger, "swordfish");
      stranger.page().getByRole(AriaRole.ALERT).getByText("assword").waitFor();
      assertEquals(0, stranger.page().getByRole(AriaRole.TABLE).count());
    }
  }

  private static void logIn(Visitor visitor, String password) {
    visitor.page().getByLabel("Password").fill(password);
    button(visitor, "Log in").click();
  }

  private static Locator button(Visitor visitor, String name) {
    return visitor.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator row(Visitor visitor, String text) {
    return visitor
        .page()
        .getByRole(AriaRole.ROW)
        .filter(new Locator.FilterOptions().setHasText(text));
  }
}
