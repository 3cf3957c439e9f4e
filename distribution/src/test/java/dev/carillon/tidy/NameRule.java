package dev.carillon.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreePathScanner;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Words that say nothing about what a type is. Rule 2 of docs/STYLE.md. */
record NameRule() implements Rule {

  private static final Set<String> BANNED =
      Set.of("Impl", "Util", "Utils", "Helper", "Helpers", "Manager", "Base", "Abstract", "Common");

  /** The word that the Centrifugo world uses; a second word for the same thing would be worse. */
  private static final Set<String> EXCEPTED = Set.of("PresenceManager");

  @Override
  public Stream<Complaint> check(Repository repository) {
    return repository.java().stream().flatMap(source -> source.scan(new Types(source)).stream());
  }

  static boolean isBanned(String typeName) {
    if (EXCEPTED.stream().anyMatch(typeName::contains)) {
      return false;
    }
    return Stream.of(typeName.split("(?<=[a-z0-9])(?=[A-Z])")).anyMatch(BANNED::contains);
  }

  private static final class Types extends TreePathScanner<Void, List<Complaint>> {
    private final JavaSource source;

    Types(JavaSource source) {
      this.source = source;
    }

    @Override
    public Void visitClass(ClassTree type, List<Complaint> found) {
      String name = type.getSimpleName().toString();
      if (isBanned(name)) {
        String expected = "a noun of docs/VOCABULARY.md, without " + String.join(", ", BANNED);
        found.add(source.complaint(type, "type name " + name, expected));
      }
      return super.visitClass(type, found);
    }
  }
}
