package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds on a page: WCAG 2.0 to 2.2, levels A and AA, and best practices. */
final class Accessibility {

  private static final String RULES =
      """
      () => axe
        .run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })
        .then(({ violations, passes }) => {
          if (passes.length === 0) return ['axe checked nothing'];
          return violations.map(({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
        })
      """;

  private static final String AXE = read();

  private Accessibility() {}

  /** Both colour schemes, wide and narrow: no violation, and nothing to scroll sideways. */
  static void assertEverybodyCanUse(Visitor visitor) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      visitor.useScheme(scheme);
      visitor.useDesk();
      assertEquals(List.of(), violations(visitor), scheme + ", wide");
      visitor.usePhone();
      assertEquals(List.of(), violations(visitor), scheme + ", narrow");
      assertEquals(0, visitor.overflow(), "pixels to scroll sideways at 390, " + scheme);
    }
    visitor.useDesk();
  }

  private static List<?> violations(Visitor visitor) {
    // Evaluated by the debugger, which is not subject to the page's Content-Security-Policy.
    visitor.page().evaluate(AXE);
    return (List<?>) visitor.page().evaluate(RULES);
  }

  private static String read() {
    String resource = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream in = Accessibility.class.getResourceAsStream(resource)) {
      byte[] script = Objects.requireNonNull(in, resource).readAllBytes();
      return new String(script, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
