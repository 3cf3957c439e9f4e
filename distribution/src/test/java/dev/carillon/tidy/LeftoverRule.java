package dev.carillon.tidy;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Marks of unfinished work. They are allowed while one works, never in what is committed. */
record LeftoverRule() implements Rule {

  /** Written in two halves, or this file would complain about itself. */
  private static final Pattern MARK =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|(?i:not " + "implemented)");

  @Override
  public Stream<Complaint> check(Repository repository) {
    return repository.files().stream()
        .flatMap(file -> file.find(MARK, "leftover mark", "finished work, or an issue"));
  }
}
