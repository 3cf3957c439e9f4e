package dev.carillon.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.util.TreePathScanner;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Locks, clocks in pure packages, sleeping or disabled tests. Rules 6, 7 and 20. */
record BannedCodeRule() implements Rule {

  private static final Set<String> PURE_PACKAGES =
      Set.of("dev.carillon.session", "dev.carillon.stream");

  private static final Set<String> CLOCKS =
      Set.of("System.nanoTime", "System.currentTimeMillis", "SteadyTime.millis", "Instant.now");

  @Override
  public Stream<Complaint> check(Repository repository) {
    return repository.java().stream().flatMap(source -> source.scan(new Code(source)).stream());
  }

  private static final class Code extends TreePathScanner<Void, List<Complaint>> {
    private final JavaSource source;
    private final boolean pure;

    Code(JavaSource source) {
      this.source = source;
      this.pure =
          source.file().isMainJava()
              && PURE_PACKAGES.stream().anyMatch(source.file().packageName()::startsWith);
    }

    @Override
    public Void visitSynchronized(SynchronizedTree block, List<Complaint> found) {
      if (source.file().isMainJava()) {
        found.add(source.complaint(block, "synchronized block", "state owned by one event loop"));
      }
      return super.visitSynchronized(block, found);
    }

    @Override
    public Void visitMethod(MethodTree method, List<Complaint> found) {
      boolean locks = method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED);
      if (locks && source.file().isMainJava()) {
        String message = "synchronized method " + method.getName();
        found.add(source.complaint(method, message, "state owned by one event loop"));
      }
      return super.visitMethod(method, found);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree member, List<Complaint> found) {
      String text = member.toString();
      if (pure && CLOCKS.contains(text)) {
        found.add(source.complaint(member, text + " in a pure package", "time as an argument"));
      }
      if (source.file().isTestJava() && text.equals("Thread.sleep")) {
        found.add(source.complaint(member, text + " in a test", "a condition and a deadline"));
      }
      return super.visitMemberSelect(member, found);
    }

    @Override
    public Void visitIdentifier(IdentifierTree name, List<Complaint> found) {
      if (pure && name.getName().contentEquals("Clock")) {
        found.add(source.complaint(name, "Clock in a pure package", "time as an argument"));
      }
      return super.visitIdentifier(name, found);
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, List<Complaint> found) {
      String name = annotation.getAnnotationType().toString();
      if (name.matches("(.*\\.)?Disabled.*")) {
        found.add(source.complaint(annotation, "@" + name, "a test that runs"));
      }
      return super.visitAnnotation(annotation, found);
    }
  }
}
