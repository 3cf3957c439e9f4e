package dev.carillon.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * All files below {@code web/} on the class path, read once at start. A request is a look-up in a
 * map, so no path can lead out of it. Immutable.
 */
final class StaticFiles {

  private static final String ROOT = "web/";

  /** A file that is always there shows where the folder is: jars may lack entries of folders. */
  private static final String KNOWN_FILE = "chat/index.html";

  private final Map<String, StaticFile> byUrlPath;

  private StaticFiles(Map<String, StaticFile> byUrlPath) {
    this.byUrlPath = Map.copyOf(byUrlPath);
  }

  /** The file at this URL path, which begins with a slash and is not decoded. */
  Optional<StaticFile> find(String urlPath) {
    return Optional.ofNullable(byUrlPath.get(urlPath));
  }

  /** Where a path without its last slash should have gone. */
  boolean isFolder(String urlPath) {
    return !urlPath.endsWith("/") && byUrlPath.containsKey(urlPath + "/");
  }

  /** Reads the class path; blocks. Empty when no pages are there. */
  static StaticFiles load(ClassLoader classes) throws IOException {
    URL known = classes.getResource(ROOT + KNOWN_FILE);
    var files = new HashMap<String, StaticFile>();
    if (known != null && known.openConnection() instanceof JarURLConnection jar) {
      jar.setUseCaches(false);
      try (JarFile file = jar.getJarFile()) {
        readJar(file, files);
      }
    } else if (known != null) {
      readFolder(folder(known), files);
    }
    return new StaticFiles(files);
  }

  private static void readJar(JarFile jar, Map<String, StaticFile> files) throws IOException {
    for (JarEntry entry : jar.stream().toList()) {
      if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
        try (InputStream in = jar.getInputStream(entry)) {
          add(entry.getName().substring(ROOT.length()), in.readAllBytes(), files);
        }
      }
    }
  }

  private static Path folder(URL known) throws IOException {
    try {
      return Path.of(new URI(known.toString())).resolve("../..").normalize();
    } catch (URISyntaxException strange) {
      throw new IOException(known + " (expected: a URL of a file)", strange);
    }
  }

  private static void readFolder(Path folder, Map<String, StaticFile> files) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        add(name, Files.readAllBytes(file), files);
      }
    }
  }

  /** The page of a folder is at the folder's path, and the chat is the front page too. */
  private static void add(String name, byte[] bytes, Map<String, StaticFile> files) {
    StaticFile file = StaticFile.of(name, bytes);
    files.put("/" + name, file);
    if (name.equals(KNOWN_FILE)) {
      files.put("/", file);
    }
    if (name.endsWith("/index.html")) {
      files.put("/" + name.substring(0, name.length() - "index.html".length()), file);
    }
  }
}
