package dev.carillon.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;

/** A Java file together with its syntax tree. */
record JavaSource(TextFile file, CompilationUnitTree unit, SourcePositions positions) {

  String path() {
    return file.path();
  }

  /** First line of the tree, counted from 1. Modifiers and annotations belong to it. */
  long firstLine(Tree tree) {
    return lineAt(positions.getStartPosition(unit, tree));
  }

  long lastLine(Tree tree) {
    return lineAt(positions.getEndPosition(unit, tree));
  }

  Complaint complaint(Tree tree, String message, String expected) {
    return new Complaint(path(), firstLine(tree), message, expected);
  }

  /** Walks the tree with a scanner that adds what it objects to. */
  List<Complaint> scan(TreePathScanner<Void, List<Complaint>> scanner) {
    List<Complaint> found = new ArrayList<>();
    scanner.scan(unit, found);
    return found;
  }

  private long lineAt(long position) {
    LineMap lines = unit.getLineMap();
    return position < 0 ? 0 : lines.getLineNumber(position);
  }
}
