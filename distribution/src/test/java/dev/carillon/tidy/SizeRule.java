package dev.carillon.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What fits on a screen is read; what does not is skimmed. Rule 4 of docs/STYLE.md.
 *
 * @param longFiles names of main classes that may have more than {@link #FILE_LINES} lines. The
 *     list only shrinks: a name that needs no exception any more is a complaint too.
 */
record SizeRule(Set<String> longFiles) implements Rule {

  static final int FILE_LINES = 300;
  static final int FILE_LINES_HARD = 500;
  static final int METHOD_LINES = 40;
  static final int PARAMETERS = 5;
  static final int COLUMNS = 100;

  private static final Pattern TOO_WIDE = Pattern.compile(".{" + (COLUMNS + 1) + "}");
  private static final Pattern UNBREAKABLE = Pattern.compile("^(import|package) |https?://");

  @Override
  public Stream<Complaint> check(Repository repository) {
    return Stream.of(
            repository.mainJava().flatMap(this::fileLength),
            repository.mainJava().flatMap(source -> source.scan(new Methods(source)).stream()),
            repository.files().stream().filter(TextFile::isJava).flatMap(SizeRule::columns))
        .flatMap(complaints -> complaints);
  }

  private Stream<Complaint> fileLength(JavaSource source) {
    int lines = source.file().lines().size();
    boolean excepted = longFiles.contains(source.file().simpleName());
    if (lines > FILE_LINES_HARD || (lines > FILE_LINES && !excepted)) {
      int limit = excepted ? FILE_LINES_HARD : FILE_LINES;
      return Stream.of(
          new Complaint(source.path(), 0, lines + " lines", "at most " + limit + " lines"));
    }
    return excepted && lines <= FILE_LINES
        ? Stream.of(new Complaint(source.path(), 0, "is short again", "no exception in TidyTest"))
        : Stream.empty();
  }

  private static Stream<Complaint> columns(TextFile file) {
    return file.find(TOO_WIDE, "line too wide", "at most " + COLUMNS + " columns")
        .filter(c -> !UNBREAKABLE.matcher(file.lines().get((int) c.line() - 1)).find());
  }

  private static final class Methods extends TreePathScanner<Void, List<Complaint>> {
    private final JavaSource source;

    Methods(JavaSource source) {
      this.source = source;
    }

    @Override
    public Void visitMethod(MethodTree method, List<Complaint> found) {
      if (method.getBody() != null) {
        long lines = source.lastLine(method.getBody()) - source.firstLine(method.getBody()) + 1;
        if (lines > METHOD_LINES) {
          String message = method.getName() + " has " + lines + " lines";
          found.add(source.complaint(method, message, "at most " + METHOD_LINES + " lines"));
        }
      }
      int parameters = method.getParameters().size();
      if (parameters > PARAMETERS && !isRecordConstructor(method)) {
        String message = method.getName() + " has " + parameters + " parameters";
        found.add(source.complaint(method, message, "at most " + PARAMETERS + " parameters"));
      }
      return super.visitMethod(method, found);
    }

    /** Record headers may be long, and so may a constructor that repeats or completes one. */
    private boolean isRecordConstructor(MethodTree method) {
      return method.getReturnType() == null
          && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
          && type.getKind() == Tree.Kind.RECORD;
    }
  }
}
