package dev.carillon.launch.centrifugo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every option of Centrifugo 6 that is known, and what becomes of it. The table is the resource
 * {@code options.txt}, which says how it is to be read; its lines are checked when it is loaded.
 */
final class OptionTable {
  private static final String RESOURCE = "options.txt";

  private final Map<String, ForeignOption> byKey = new LinkedHashMap<>();

  /** Options with a name that somebody chooses, by what stands before it. */
  private final Map<String, ForeignOption> byPrefix = new LinkedHashMap<>();

  private final Map<String, List<Line>> shapes = new LinkedHashMap<>();

  /** One line of the table, or of a shape, where the fate may be missing. */
  private record Line(String key, String initial, String fate) {
    static Line of(String text) {
      var fields = text.split("\\|", -1);
      if (fields.length < 2 || fields.length > 3) {
        throw new IllegalStateException(text + " (expected: KEY | DEFAULT | FATE)");
      }
      return new Line(
          fields[0].strip(), fields[1].strip(), fields.length == 3 ? fields[2].strip() : "");
    }
  }

  private OptionTable(List<String> text) {
    var lines = new ArrayList<Line>();
    var current = lines;
    for (var line : text) {
      if (line.startsWith("shape ")) {
        current = new ArrayList<>();
        shapes.put(line.substring("shape ".length()).strip(), current);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        current.add(Line.of(line));
      }
    }
    // What is said of one key alone wins over what is said of all keys of a shape.
    lines.stream().filter(line -> !isShape(line)).forEach(line -> add("", line, ""));
    lines.stream().filter(OptionTable::isShape).forEach(line -> add("", line, ""));
  }

  /** Reads the table from the class path. */
  static OptionTable load() {
    try (InputStream in = OptionTable.class.getResourceAsStream(RESOURCE)) {
      var bytes = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      return new OptionTable(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The option with this key, or null when there is none. */
  @Nullable ForeignOption find(String key) {
    var option = byKey.get(key);
    if (option != null) {
      return option;
    }
    for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
      var below = byPrefix.get(key.substring(0, dot));
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  /** Whether options stand below this key, so that an empty section of that name sets nothing. */
  boolean isSection(String key) {
    return byPrefix.containsKey(key)
        || byPrefix.containsKey(key + "[]")
        || byKey.keySet().stream()
            .anyMatch(known -> known.startsWith(key + ".") || known.startsWith(key + "[]."));
  }

  Collection<String> keys() {
    return byKey.keySet();
  }

  Collection<ForeignOption> options() {
    var all = new ArrayList<>(byKey.values());
    all.addAll(byPrefix.values());
    return all;
  }

  private static boolean isShape(Line line) {
    return line.initial.startsWith("@");
  }

  private void add(String prefix, Line line, String inherited) {
    var fate = line.fate.isEmpty() ? inherited : line.fate;
    var key = prefix + line.key;
    if (isShape(line)) {
      var shape = shapes.get(line.initial.substring(1));
      Objects.requireNonNull(shape, line.initial).forEach(below -> add(key + ".", below, fate));
    } else if (key.endsWith(".*") || key.endsWith(".**")) {
      byPrefix.putIfAbsent(key.substring(0, key.lastIndexOf('.')), option(key, line.initial, fate));
    } else {
      byKey.putIfAbsent(key, option(key, line.initial, fate));
    }
  }

  private static ForeignOption option(String key, String initial, String text) {
    for (var fate : Fate.values()) {
      if (text.startsWith(fate.mark())) {
        var word = text.substring(fate.mark().length()).strip();
        return new ForeignOption(key, initial, fate, word);
      }
    }
    throw new IllegalStateException(key + " | " + text + " (expected: a fate)");
  }
}
