package dev.carillon.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JsonObject stops at the edge: inside, everything is a value. Rule 11 of docs/STYLE.md.
 *
 * @param edges path patterns of the main files that may turn JSON into values and back
 */
record JsonEdgeRule(List<Pattern> edges) implements Rule {

  private static final Pattern JSON = Pattern.compile("^import io\\.vertx\\.core\\.json\\.");

  @Override
  public Stream<Complaint> check(Repository repository) {
    return repository
        .mainJava()
        .map(JavaSource::file)
        .filter(file -> edges.stream().noneMatch(edge -> edge.matcher(file.path()).find()))
        .flatMap(file -> file.find(JSON, "JSON inside", "values; JSON only in the edge files"));
  }
}
