package dev.carillon.acceptance.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brotli.dec.BrotliInputStream;

/**
 * A Chromium that can be started.
 *
 * @param environment what it needs besides the environment of the test
 */
public record Chromium(Path executable, Map<String, String> environment) {

  private static final List<String> INSTALLED =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private static final String ENTRY = "chromium-" + NpmPackage.CHROMIUM.version();

  /** The package's own file names folders that only its authors' machines have. */
  private static final String FONTS =
      """
      <?xml version="1.0"?>
      <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
      <fontconfig>
        <dir>%1$s/fonts/fonts</dir>
        <cachedir>%1$s/fonts/cache</cachedir>
      </fontconfig>
      """;

  /** Flags for a machine without display, without network and often without user name spaces. */
  public static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--no-zygote",
          "--lang=en-US");

  public Chromium {
    environment = Map.copyOf(environment);
  }

  /**
   * The one that {@code CHROME_BIN} names ({@code npm} means the one from npm), else what a package
   * manager has installed, else the one from npm.
   */
  public static Chromium find() {
    String chosen = System.getenv("CHROME_BIN");
    if (chosen == null || chosen.isEmpty()) {
      return installed().orElseGet(Chromium::fromNpm);
    }
    if (chosen.equals("npm")) {
      return fromNpm();
    }
    if (!Files.isExecutable(Path.of(chosen))) {
      throw new IllegalStateException(
          "CHROME_BIN is " + chosen + " (expected: npm, or the path of a Chromium)");
    }
    return new Chromium(Path.of(chosen), Map.of());
  }

  private static Optional<Chromium> installed() {
    return INSTALLED.stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .map(executable -> new Chromium(executable, Map.of()));
  }

  /** The one from npm: for x64 Linux, and with all the libraries it needs beside it. */
  private static Chromium fromNpm() {
    String cure =
        "access to https://registry.npmjs.org on x64 Linux, or 'apt-get install chromium',"
            + " or CHROME_BIN naming a Chromium";
    return Tool.fetch("a Chromium", cure, Chromium::unpacked);
  }

  private static Chromium unpacked() throws IOException {
    if (!System.getProperty("os.arch").equals("amd64")) {
      throw new IOException("npm has none for " + System.getProperty("os.arch"));
    }
    Path folder = Cache.entry(ENTRY, Chromium::unpack);
    return new Chromium(
        folder.resolve("chromium"),
        Map.of(
            "LD_LIBRARY_PATH", folder.resolve("al2023/lib").toString(),
            "FONTCONFIG_PATH", folder.resolve("fonts").toString()));
  }

  private static void unpack(Path folder) throws IOException {
    Path packed = NpmPackage.CHROMIUM.folder().resolve("bin");
    Files.createDirectories(folder);
    Path executable = folder.resolve("chromium");
    try (InputStream in =
        new BrotliInputStream(Files.newInputStream(packed.resolve("chromium.br")))) {
      Files.copy(in, executable);
    }
    if (!executable.toFile().setExecutable(true)) {
      throw new IOException(executable + " cannot be made executable");
    }
    Tarball.unpackBrotli(packed.resolve("al2023.tar.br"), folder.resolve("al2023"));
    Tarball.unpackBrotli(packed.resolve("swiftshader.tar.br"), folder);
    Path fonts = folder.resolve("fonts");
    Tarball.unpackBrotli(packed.resolve("fonts.tar.br"), fonts);
    Files.writeString(fonts.resolve("fonts.conf"), FONTS.formatted(Cache.root().resolve(ENTRY)));
  }
}
