package dev.carillon.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that are checked: all text under the root but build output, git and state folders. */
record Repository(List<TextFile> files, List<JavaSource> java) {

  private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", ".carillon", ".idea");

  private static final Set<String> TEXT_ENDINGS =
      Set.of(
          "java",
          "js",
          "mjs",
          "css",
          "html",
          "svg",
          "md",
          "yaml",
          "yml",
          "xml",
          "json",
          "sh",
          "properties");

  static Repository of(List<TextFile> files) {
    List<TextFile> java = files.stream().filter(TextFile::isJava).toList();
    return new Repository(files, JavaParser.parse(java));
  }

  /** The repository this test runs in: the closest folder above that holds the Maven wrapper. */
  static Repository around(Path start) {
    Path root = start.toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      if (root.getParent() == null) {
        throw new IllegalStateException(start + " (expected: a folder inside the repository)");
      }
      root = root.getParent();
    }
    return of(read(root));
  }

  Stream<JavaSource> mainJava() {
    return java.stream().filter(source -> source.file().isMainJava());
  }

  Stream<JavaSource> testJava() {
    return java.stream().filter(source -> source.file().isTestJava());
  }

  boolean has(String path) {
    return paths().contains(path);
  }

  Set<String> paths() {
    return files.stream().map(TextFile::path).collect(Collectors.toSet());
  }

  private static List<TextFile> read(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> isChecked(root.relativize(file)) && Files.isRegularFile(file))
          .map(file -> read(root, file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isChecked(Path relative) {
    for (Path part : relative) {
      if (SKIPPED_FOLDERS.contains(part.toString())) {
        return false;
      }
    }
    String name = relative.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 || TEXT_ENDINGS.contains(name.substring(dot + 1));
  }

  private static TextFile read(Path root, Path file) {
    String path = root.relativize(file).toString().replace('\\', '/');
    try {
      return TextFile.of(path, Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " (expected: UTF-8 text)", e);
    }
  }
}
