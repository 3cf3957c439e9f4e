package dev.carillon.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A file of the repository as text, under its path from the root, with forward slashes. */
record TextFile(String path, List<String> lines) {

  static TextFile of(String path, String content) {
    return new TextFile(path, content.lines().toList());
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  /** Java of the product, as opposed to Java of its tests. */
  boolean isMainJava() {
    return isJava() && path.contains("src/main/java/");
  }

  boolean isTestJava() {
    return isJava() && path.contains("src/test/java/");
  }

  /** {@code ChannelStream} of {@code …/ChannelStream.java}. */
  String simpleName() {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\..*", "");
  }

  /** The folder below {@code src/…/java/} as a package name; empty when there is none. */
  String packageName() {
    String below = path.replaceFirst(".*src/(main|test)/java/", "");
    int end = below.lastIndexOf('/');
    return end < 0 ? "" : below.substring(0, end).replace('/', '.');
  }

  /** One complaint for each line in which the pattern is found. */
  Stream<Complaint> find(Pattern pattern, String message, String expected) {
    return IntStream.range(0, lines.size())
        .filter(i -> pattern.matcher(lines.get(i)).find())
        .mapToObj(i -> new Complaint(path, i + 1, message, expected));
  }
}
