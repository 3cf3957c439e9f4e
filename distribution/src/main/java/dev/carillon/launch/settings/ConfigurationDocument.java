package dev.carillon.launch.settings;

import dev.carillon.config.OptionKey;
import dev.carillon.config.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** docs/CONFIGURATION.md, made from the option records so that it can't be wrong. */
public final class ConfigurationDocument {
  private static final String INTRODUCTION =
      """
      # Configuration

      Made from the option records by `./carillon config --markdown`; a test keeps it current.

      Settings come from these places, and the later one wins:

      1. the defaults below;
      2. `carillon.yaml` in the directory of the start, or the file of `--config`;
      3. environment variables: `CARILLON_` and the key in capitals, levels separated by two
         underscores, as in `CARILLON_HTTP_SERVER__PORT=8001`;
      4. the command line: `--set http_server.port=8001`.

      In the file a key may stand below its section or in one line with it:

      ```yaml
      http_server:
        port: 8001
      tcp_echo.port: 7008
      ```

      Before the second place comes the file of `--centrifugo-config`, of which
      docs/CENTRIFUGO-CONFIG.md says what is taken over.

      An unknown key, a wrong type or a value out of range stops the start. `./carillon config`
      prints every value with the place that set it. On SIGHUP, and when a file changes, the TLS
      certificate and `log.level` are read again; other changes need a restart, and the log names
      them.

      Durations are written as `300ms`, `25s`, `1h30m`. Lists are YAML lists; in a variable or after
      `--set` a list of texts is written `a,b`, a list of sections `[{name: a}, {name: b}]`.
      """;

  private ConfigurationDocument() {}

  /** The whole page. */
  public static String markdown() {
    return markdown(OptionRecords.ALL);
  }

  static String markdown(List<Class<? extends Record>> types) {
    var page = new StringBuilder(INTRODUCTION);
    var bySection =
        types.stream()
            .collect(
                Collectors.groupingBy(
                    ConfigurationDocument::section, LinkedHashMap::new, Collectors.toList()));
    bySection.forEach((section, records) -> append(page, section, records));
    return page.toString();
  }

  private static String section(Class<? extends Record> type) {
    return annotation(type).value();
  }

  private static Section annotation(Class<? extends Record> type) {
    var section = type.getAnnotation(Section.class);
    if (section == null) {
      throw new IllegalStateException(type + " (expected: a record with @Section)");
    }
    return section;
  }

  private static void append(
      StringBuilder page, String section, List<Class<? extends Record>> types) {
    page.append("\n## ").append(section.isEmpty() ? "Top level" : "`" + section + "`");
    page.append("\n\n");
    types.stream()
        .map(type -> annotation(type).doc())
        .filter(doc -> !doc.isEmpty())
        .distinct()
        .forEach(doc -> page.append(doc).append('\n'));
    page.append("\n| key | default | what it does | why this default |\n|---|---|---|---|\n");
    types.stream().flatMap(type -> OptionKey.of(type).stream()).forEach(key -> row(page, key));
  }

  private static void row(StringBuilder page, OptionKey key) {
    var option = key.option();
    var value = option.value().isEmpty() ? "" : "`" + option.value() + "`";
    page.append("| `").append(key.key()).append("` | ").append(cell(value));
    page.append(" | ").append(cell(option.doc() + allowed(key)));
    page.append(" | ").append(cell(option.why())).append(" |\n");
  }

  private static String allowed(OptionKey key) {
    boolean says =
        key.kind() == OptionKey.Kind.CHOICE
            || !key.option().min().isEmpty()
            || !key.option().max().isEmpty();
    var secret = key.option().secret() ? " Secret." : "";
    return says ? " (" + key.expected() + ")" + secret : secret;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
