package dev.carillon.tidy;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A page that names a test as proof names one that is there; tests are renamed and removed. */
record ProofRule() implements Rule {

  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

  @Override
  public Stream<Complaint> check(Repository repository) {
    Map<String, TextFile> tests =
        repository.files().stream()
            .filter(TextFile::isTestJava)
            .collect(Collectors.toMap(TextFile::simpleName, file -> file, (one, other) -> one));
    return repository.files().stream()
        .filter(file -> file.path().endsWith(".md"))
        .flatMap(file -> check(file, tests));
  }

  private static Stream<Complaint> check(TextFile page, Map<String, TextFile> tests) {
    return IntStream.range(0, page.lines().size())
        .boxed()
        .flatMap(
            i ->
                NAMED
                    .matcher(page.lines().get(i))
                    .results()
                    .filter(named -> !isThere(named, tests))
                    .map(named -> missing(page, i, named.group())));
  }

  private static boolean isThere(MatchResult named, Map<String, TextFile> tests) {
    TextFile test = tests.get(named.group(1));
    String method = named.group(2);
    return test != null
        && (method == null
            || test.lines().stream().anyMatch(line -> line.contains(" " + method + "(")));
  }

  private static Complaint missing(TextFile page, int index, String named) {
    return new Complaint(page.path(), index + 1, "names " + named, "a test of this repository");
  }
}
