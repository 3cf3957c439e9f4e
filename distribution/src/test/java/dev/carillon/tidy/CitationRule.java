package dev.carillon.tidy;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A page that is cited in code or text is a page of this repository that a reader can open. */
record CitationRule() implements Rule {

  /** A name in quotation marks is a file that the code opens. */
  private static final Pattern CITED = Pattern.compile("(?<![\\w/.:\"-])[\\w./-]*\\w\\.md\\b");

  private static final Pattern ADDRESS = Pattern.compile("[a-z]+://\\S+");

  @Override
  public Stream<Complaint> check(Repository repository) {
    Set<String> paths = repository.paths();
    return repository.files().stream()
        .filter(file -> !file.path().startsWith("distribution/src/test/java/dev/carillon/tidy/"))
        .flatMap(file -> check(file, paths));
  }

  private static Stream<Complaint> check(TextFile file, Set<String> paths) {
    Predicate<String> unknown = cited -> !paths.contains(resolve(file.path(), cited, paths));
    return IntStream.range(0, file.lines().size())
        .boxed()
        .flatMap(i -> cited(file.lines().get(i)).filter(unknown).map(c -> missing(file, i, c)));
  }

  private static Stream<String> cited(String line) {
    String local = ADDRESS.matcher(line).replaceAll("");
    return CITED.matcher(local).results().map(match -> match.group());
  }

  /** From the root or, as links in Markdown are, from the folder of the citing file. */
  private static String resolve(String from, String cited, Set<String> paths) {
    if (paths.contains(cited)) {
      return cited;
    }
    Path resolved = Path.of("/" + from).resolveSibling(cited).normalize();
    return resolved.toString().substring(1);
  }

  private static Complaint missing(TextFile file, int index, String cited) {
    return new Complaint(file.path(), index + 1, "cites " + cited, "a file of this repository");
  }
}
