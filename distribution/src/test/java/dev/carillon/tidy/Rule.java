package dev.carillon.tidy;

import java.util.stream.Stream;

/** A house rule: sees the whole repository, so that it can also say that something is missing. */
interface Rule {

  Stream<Complaint> check(Repository repository);
}
