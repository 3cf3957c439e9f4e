package dev.carillon.acceptance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.carillon.acceptance.tools.Browsers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody with an empty browser profile and one page. It collects what a developer would see in
 * the console of the browser, which in these tests is always a fault.
 */
final class Visitor implements AutoCloseable {
  static final int PHONE_WIDTH = 390;

  private static final double PATIENCE_MS = 60_000;
  private static final int PHONE_HEIGHT = 844;
  private static final int DESK_WIDTH = 1440;
  private static final int DESK_HEIGHT = 900;

  /** What Chromium says by itself when a server dies; no page can prevent it. */
  private static final List<String> OUTAGE =
      List.of("WebSocket connection to ", "Failed to load resource: net::ERR_");

  /** Violations of the Content-Security-Policy become messages like all others. */
  private static final String REPORT_VIOLATIONS =
      """
      addEventListener('securitypolicyviolation', (violation) =>
        console.error(`CSP: ${violation.violatedDirective} blocked ${violation.blockedURI}`));
      """;

  private final BrowserContext context;
  private final Page page;
  private final List<String> faults = new ArrayList<>();

  Visitor(Browsers browsers, URI address) {
    context =
        browsers.newContext(
            new Browser.NewContextOptions().setViewportSize(DESK_WIDTH, DESK_HEIGHT));
    context.addInitScript(REPORT_VIOLATIONS);
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(this::hear);
    page.onPageError(faults::add);
    page.navigate(address.toString());
  }

  private void hear(ConsoleMessage message) {
    if (message.type().equals("error")) {
      faults.add(message.text());
    }
  }

  Page page() {
    return page;
  }

  /** Everything that the browser complained about. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** The complaints, but for those that follow from the death of a server. */
  List<String> faultsBesidesOutage() {
    return faults.stream().filter(fault -> OUTAGE.stream().noneMatch(fault::startsWith)).toList();
  }

  void useScheme(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  void usePhone() {
    page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
  }

  void useDesk() {
    page.setViewportSize(DESK_WIDTH, DESK_HEIGHT);
  }

  /** By how many pixels the page is wider than its window. */
  int overflow() {
    Object pixels =
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return ((Number) pixels).intValue();
  }

  @Override
  public void close() {
    context.close();
  }
}
