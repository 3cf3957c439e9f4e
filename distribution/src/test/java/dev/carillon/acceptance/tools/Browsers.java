package dev.carillon.acceptance.tools;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.util.HashMap;
import java.util.Map;

/** One headless browser process; each context in it is a visitor with an empty profile. */
public final class Browsers implements AutoCloseable {
  private static final double START_TIMEOUT_MS = 60_000;

  private final Playwright playwright;
  private final Browser browser;

  public Browsers() {
    this(Chromium.find());
  }

  Browsers(Chromium chromium) {
    Map<String, String> driver = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(driver));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(chromium.environment());
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.executable())
                    .setEnv(environment)
                    .setArgs(Chromium.FLAGS)
                    .setTimeout(START_TIMEOUT_MS));
  }

  public BrowserContext newContext() {
    return browser.newContext();
  }

  public BrowserContext newContext(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
