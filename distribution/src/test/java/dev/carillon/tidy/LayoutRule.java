package dev.carillon.tidy;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that have to be there, what a reader looks for first (rule 3 of docs/STYLE.md), and a
 * number of its own for each decision record.
 */
record LayoutRule(List<String> required) implements Rule {

  @Override
  public Stream<Complaint> check(Repository repository) {
    return Stream.of(
            required(repository),
            packages(repository),
            verticles(repository),
            decisions(repository))
        .flatMap(complaints -> complaints);
  }

  private Stream<Complaint> required(Repository repository) {
    return required.stream().filter(path -> !repository.has(path)).map(LayoutRule::missing);
  }

  /** Two of one number could not be cited by it. */
  private static Stream<Complaint> decisions(Repository repository) {
    var numbers = new HashSet<String>();
    return repository.files().stream()
        .map(TextFile::path)
        .filter(path -> path.matches("docs/adr/[0-9]{4}-[^/]+"))
        .sorted()
        .filter(path -> !numbers.add(path.replaceFirst("docs/adr/([0-9]{4}).*", "$1")))
        .map(path -> new Complaint(path, 0, "number of another decision", "a number of its own"));
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
