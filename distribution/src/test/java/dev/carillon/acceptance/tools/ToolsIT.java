package dev.carillon.acceptance.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The fetched programs start: when one cannot, this says so before thirty other tests do. */
class ToolsIT {

  @Test
  void nodeRunsTheClientOfApplications() throws Exception {
    String script =
        "import(process.argv[1]).then(m => console.log(typeof m.Centrifuge, typeof WebSocket))";
    Path module = NodeRuntime.centrifuge().resolve("build/index.mjs");
    Process node =
        new ProcessBuilder(NodeRuntime.executable().toString(), "-e", script, module.toString())
            .redirectErrorStream(true)
            .start();
    assertTrue(node.waitFor(60, TimeUnit.SECONDS));
    String said = new String(node.getInputStream().readAllBytes());
    assertEquals("function function", said.strip());
  }

  @Test
  void theBrowserThatTestsUseRendersAPage() {
    assertRenders(Chromium.find());
  }

  @Test
  void aTarballWithAnotherHashIsRefused() {
    NpmPackage right = NpmPackage.CENTRIFUGE;
    NpmPackage wrong = new NpmPackage(right.name(), "5.7.0", right.sha512());
    IOException refused = assertThrows(IOException.class, wrong::tarball);
    assertTrue(refused.toString().contains("(expected: " + right.sha512()), refused.toString());
    assertTrue(Files.notExists(Cache.root().resolve("npm/centrifuge-5.7.0.tgz")));
  }

  static void assertRenders(Chromium chromium) {
    try (Browsers browsers = new Browsers(chromium)) {
      var page = browsers.newContext().newPage();
      page.setContent("<title>Tower</title><p>Bell</p>");
      assertEquals("Tower", page.title());
      assertTrue(page.locator("p").boundingBox().width > 0);
    }
  }
}
