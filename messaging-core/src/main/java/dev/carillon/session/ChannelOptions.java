package dev.carillon.session;

import static java.util.Map.entry;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What channels offer, by namespace. */
@Section(value = "channel", doc = "Channels and their namespaces: history, presence, permissions.")
public record ChannelOptions(
    @Option(
            value = "255",
            min = "1",
            max = "65535",
            doc = "Bytes of a channel name at most; longer: error 107.",
            why = "A name is kept by every node that has a subscriber.")
        int maxLength,
    @Option(
            value = "720h",
            min = "1s",
            doc = "Time for which offset and epoch of a channel outlive its last publication.",
            why = "A client that comes back after a month learns that it missed something.")
        Duration historyMetaTtl,
    @Option(
            doc =
                "publication_data_format of all namespaces that have none of their own: json,"
                    + " json_object, binary.",
            why = "Who reads a channel is known by namespace.")
        String publicationDataFormat,
    @Option(doc = "What channels without a colon offer; the name stays empty.")
        NamespaceOptions withoutNamespace,
    @Option(value = "[]", doc = "The namespaces.", why = "Without any, no name has a colon.")
        List<NamespaceOptions> namespaces) {

  public ChannelOptions {
    namespaces = List.copyOf(namespaces);
    NamespaceOptions.checkFormat(publicationDataFormat);
    if (!withoutNamespace.name().isEmpty()) {
      throw new ConfigException("without_namespace.name", withoutNamespace.name(), "no name");
    }
    var names = new HashSet<String>();
    for (NamespaceOptions namespace : namespaces) {
      if (namespace.name().isEmpty() || !names.add(namespace.name())) {
        throw new ConfigException("namespaces", namespace.name(), "names, each of them once");
      }
    }
  }

  /** The same with the rooms of the demo: namespace {@code chat}, unless it is configured. */
  public ChannelOptions withDemo() {
    if (namespaces.stream().anyMatch(namespace -> namespace.name().equals("chat"))) {
      return this;
    }
    var more = new ArrayList<>(namespaces);
    more.add(demo());
    return new ChannelOptions(
        maxLength, historyMetaTtl, publicationDataFormat, withoutNamespace, more);
  }

  private static NamespaceOptions demo() {
    Map<String, Object> chat =
        Map.ofEntries(
            entry("name", "chat"),
            entry("presence", true),
            entry("join_leave", true),
            entry("force_push_join_leave", true),
            entry("force_recovery", true),
            entry("history_size", 300),
            entry("history_ttl", "24h"),
            entry("allow_subscribe_for_client", true),
            entry("allow_publish_for_subscriber", true),
            // Other bytes would close all who talk JSON, with a code after which they stay away.
            entry("publication_data_format", "json"),
            entry("allow_presence_for_subscriber", true),
            // The page shows what was said before one came.
            entry("allow_history_for_subscriber", true));
    return NamespaceOptions.of(chat);
  }
}
