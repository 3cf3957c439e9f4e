package dev.carillon.tidy;

import java.util.List;
import java.util.stream.Stream;

/** Files that have to be there: what a reader looks for first. Rule 3 of docs/STYLE.md. */
record LayoutRule(List<String> required) implements Rule {

  @Override
  public Stream<Complaint> check(Repository repository) {
    return Stream.concat(
        required.stream().filter(path -> !repository.has(path)).map(LayoutRule::missing),
        Stream.concat(packages(repository), verticles(repository)));
  }

  private static Stream<Complaint> packages(Repository repository) {
    return repository
        .mainJava()
        .map(source -> folder(source.path()) + "/package-info.java")
        .distinct()
        .filter(path -> !repository.has(path))
        .map(LayoutRule::missing);
  }

  private static Stream<Complaint> verticles(Repository repository) {
    return repository.files().stream()
        .map(TextFile::path)
        .filter(path -> path.matches("verticles/[^/]+/src/.*"))
        .map(path -> path.replaceFirst("/src/.*", "/README.md"))
        .distinct()
        .filter(path -> !repository.has(path))
        .map(LayoutRule::missing);
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static Complaint missing(String path) {
    return new Complaint(path, 0, "missing", "this file");
  }
}
