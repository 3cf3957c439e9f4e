package dev.carillon.acceptance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.acceptance.tools.Browsers;
import java.time.Duration;
import java.util.List;

/** Somebody in the chat, who uses the page by what it shows and says, never by its markup. */
final class ChatVisitor implements AutoCloseable {
  private static final double SOON_MS = 60_000;

  private final Visitor visitor;
  private final Page page;

  /** Opens the page of this node and enters the room under a name. */
  ChatVisitor(Browsers browsers, NodeProcess node, String name, String room) {
    visitor = new Visitor(browsers, node.http("/"));
    page = visitor.page();
    page.setDefaultTimeout(SOON_MS);
    page.getByLabel("Your name").fill(name);
    page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill(room);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Enter")).click();
  }

  Visitor visitor() {
    return visitor;
  }

  /** Waits until the page names the node that serves it. */
  ChatVisitor awaitServedBy(NodeProcess node) {
    status().getByText("Connected to " + node.name()).waitFor();
    return this;
  }

  /** Writes a message and sends it with the keyboard. */
  void say(String text) {
    Locator field = page.getByRole(AriaRole.TEXTBOX, named("Message to #"));
    field.fill(text);
    field.press("Enter");
  }

  /** Waits until the page shows exactly one message of each of these texts, in this order. */
  void awaitHeard(List<String> texts) {
    Eventually.await(
        String.join(", ", texts),
        Duration.ofMillis((long) SOON_MS),
        () -> heard().equals(texts),
        () -> String.join(", ", heard()));
  }

  /** Texts of the messages, from the oldest on, without those that are not sent yet. */
  List<String> heard() {
    return log().locator(".message:not(.outgoing) .text").allInnerTexts();
  }

  boolean sees(String name) {
    return page.getByRole(AriaRole.LIST, named("People in this room")).innerText().contains(name);
  }

  private Locator log() {
    return page.getByRole(AriaRole.LOG);
  }

  private Locator status() {
    return page.getByRole(AriaRole.STATUS).first();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Override
  public void close() {
    visitor.close();
  }
}
