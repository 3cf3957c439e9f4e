package dev.carillon.acceptance.tools;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Node.js, which Playwright's driver bundle brings along for the common platforms. */
public final class NodeRuntime {

  private NodeRuntime() {}

  /** The executable. Always the bundled one, so that every machine tests with the same version. */
  public static Path executable() {
    String platform = platform();
    String cure =
        "com.microsoft.playwright:driver-bundle on the test class path, on Linux or macOS";
    return Tool.fetch("Node.js for " + platform, cure, () -> unpack(platform));
  }

  /** The folder of the {@code centrifuge} package, the client that applications use. */
  public static Path centrifuge() {
    return Tool.fetch(
        "centrifuge from npm",
        "access to https://registry.npmjs.org",
        NpmPackage.CENTRIFUGE::folder);
  }

  private static Path unpack(String platform) throws IOException {
    URL resource = NodeRuntime.class.getResource("/driver/" + platform + "/node");
    if (resource == null) {
      throw new IOException("no resource driver/" + platform + "/node");
    }
    URLConnection connection = resource.openConnection();
    String name = "node/" + platform + "-" + connection.getContentLengthLong();
    return Cache.entry(name, folder -> copy(connection, folder)).resolve("node");
  }

  private static void copy(URLConnection connection, Path folder) throws IOException {
    Path node = Files.createDirectories(folder).resolve("node");
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, node);
    }
    if (!node.toFile().setExecutable(true)) {
      throw new IOException(node + " cannot be made executable");
    }
  }

  /** Folder names as the driver bundle has them. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String name = system.contains("mac") ? "mac" : "linux";
    return System.getProperty("os.arch").equals("aarch64") ? name + "-arm64" : name;
  }
}
