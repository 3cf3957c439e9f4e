package dev.carillon.launch.centrifugo;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of docs/CENTRIFUGO-CONFIG.md, as the option table says they must be. */
final class OptionTableDocument {
  private final Collection<ForeignOption> options;

  OptionTableDocument(OptionTable table) {
    this.options =
        table.options().stream()
            .filter(option -> !option.key().startsWith("channel.namespaces[]."))
            .toList();
  }

  String markdown() {
    return section(
            "Taken over under the same name",
            "section | options",
            grouped(
                having(Fate.TAKEN).filter(o -> o.target().equals(o.key())),
                option -> "`" + above(option.key()) + "`",
                option -> option.key().substring(above(option.key()).length() + 1)))
        + section(
            "Taken over under another name",
            "Centrifugo | Carillon",
            rows(
                having(Fate.TAKEN).filter(o -> !o.target().equals(o.key())),
                ForeignOption::key,
                this::target))
        + section(
            "What Carillon always does",
            "option | the only value",
            rows(
                having(Fate.ALWAYS),
                ForeignOption::key,
                o -> o.word().isEmpty() ? "empty" : "`" + o.word() + "`"))
        + section(
            "Without effect",
            "option | why",
            rows(having(Fate.NO_EFFECT), this::whole, ForeignOption::word))
        + section(
            "Not yet",
            "feature | options",
            grouped(having(Fate.NOT_YET), ForeignOption::word, this::whole))
        + section(
            "Unsupported",
            "edition | options",
            grouped(having(Fate.UNSUPPORTED), option -> "commercial", this::whole));
  }

  private Stream<ForeignOption> having(Fate fate) {
    return options.stream().filter(option -> option.fate() == fate);
  }

  private String target(ForeignOption option) {
    return "`" + option.target() + "`";
  }

  /** The largest section of the option all of which shares its fate, but for the other edition. */
  private String whole(ForeignOption option) {
    var key = option.key().replaceFirst("\\.\\*+$", "");
    for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
      var section = key.substring(0, dot + 1);
      boolean shared =
          options.stream()
              .filter(other -> other.key().startsWith(section))
              .filter(o -> o.fate() != Fate.UNSUPPORTED || option.fate() == Fate.UNSUPPORTED)
              .allMatch(o -> o.fate() == option.fate() && o.word().equals(option.word()));
      if (shared) {
        return key.substring(0, dot).replace("[]", "");
      }
    }
    return key.replace("[]", "");
  }

  private static String above(String key) {
    return key.substring(0, key.lastIndexOf('.'));
  }

  private static Map<String, String> rows(
      Stream<ForeignOption> options,
      Function<ForeignOption, String> first,
      Function<ForeignOption, String> second) {
    return options.collect(
        Collectors.toMap(o -> "`" + first.apply(o) + "`", second, (a, b) -> a, TreeMap::new));
  }

  private static Map<String, String> grouped(
      Stream<ForeignOption> options,
      Function<ForeignOption, String> group,
      Function<ForeignOption, String> member) {
    var members =
        Collectors.mapping(
            (ForeignOption option) -> "`" + member.apply(option) + "`",
            Collectors.collectingAndThen(
                Collectors.toCollection(TreeSet::new), all -> String.join(", ", all)));
    return options.collect(Collectors.groupingBy(group, TreeMap::new, members));
  }

  private static String section(String title, String head, Map<String, String> rows) {
    return rows.entrySet().stream()
        .map(row -> "| " + row.getKey() + " | " + row.getValue() + " |\n")
        .collect(Collectors.joining("", "\n## " + title + "\n\n| " + head + " |\n|---|---|\n", ""));
  }
}
