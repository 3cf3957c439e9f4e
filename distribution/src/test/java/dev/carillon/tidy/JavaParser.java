package dev.carillon.tidy;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Parses with the compiler of the running JDK: syntax only, so nothing is on the class path. */
final class JavaParser {

  private JavaParser() {}

  static List<JavaSource> parse(List<TextFile> files) {
    return files.isEmpty() ? List.of() : parseAll(files);
  }

  private static List<JavaSource> parseAll(List<TextFile> files) {
    Map<URI, TextFile> byUri =
        files.stream().collect(Collectors.toMap(f -> new Content(f).toUri(), Function.identity()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException(
          "no compiler in " + System.getProperty("java.home") + " (expected: a JDK, not a JRE)");
    }
    List<Content> contents = files.stream().map(Content::new).toList();
    List<String> options = List.of("-proc:none");
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, options, null, contents);
    Trees trees = Trees.instance(task);
    List<JavaSource> sources = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        TextFile file = requireNonNull(byUri.get(unit.getSourceFile().toUri()));
        sources.add(new JavaSource(file, unit, trees.getSourcePositions()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static final class Content extends SimpleJavaFileObject {
    private final TextFile file;

    Content(TextFile file) {
      super(URI.create("string:///" + file.path()), JavaFileObject.Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return String.join("\n", file.lines());
    }
  }
}
